#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>The name under which values of type <typeparamref name="T"/> are kept in an <see cref="IAttributeMap"/>. Keys of different types never meet.</summary>
public sealed class AttributeKey<T> : AbstractConstant<AttributeKey<T>>
{
    public static readonly ConstantPool Pool = new AttributeKeyPool();

    internal AttributeKey(int id, string name)
        : base(id, name)
    {
    }

    /// <summary>The key of that name, made now if there is none.</summary>
    public static AttributeKey<T> ValueOf(string name) => (AttributeKey<T>)Pool.ValueOf<T>(name);

    /// <summary>The key named after a type and a name within it.</summary>
    public static AttributeKey<T> ValueOf(Type firstNameComponent, string secondNameComponent) =>
        (AttributeKey<T>)Pool.ValueOf<T>(firstNameComponent, secondNameComponent);

    public static bool Exists(string name) => Pool.Exists(name);

    /// <summary>A new key.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public static AttributeKey<T> NewInstance(string name) => (AttributeKey<T>)Pool.NewInstance<T>(name);

    private sealed class AttributeKeyPool : ConstantPool
    {
        protected override IConstant NewConstant<TValue>(int id, string name) => new AttributeKey<TValue>(id, name);
    }
}
