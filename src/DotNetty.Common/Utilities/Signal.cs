#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>An exception thrown to leave several calls at once: a constant, made once and recognised by reference.</summary>
public sealed class Signal : Exception, IConstant, IComparable, IComparable<Signal>
{
    private static readonly ConstantPool Pool = new SignalPool();

    private readonly SignalConstant _constant;

    private Signal(int id, string name)
    {
        _constant = new SignalConstant(id, name);
    }

    public int Id => _constant.Id;

    public string Name => _constant.Name;

    /// <summary>The signal of that name, made now if there is none.</summary>
    public static Signal ValueOf(string name) => (Signal)Pool.ValueOf<Signal>(name);

    /// <summary>The signal named after a type and a name within it.</summary>
    public static Signal ValueOf(Type firstNameComponent, string secondNameComponent) =>
        (Signal)Pool.ValueOf<Signal>(firstNameComponent, secondNameComponent);

    /// <summary>Checks that this is the signal that was awaited.</summary>
    /// <exception cref="InvalidOperationException">It is another one.</exception>
    public void Expect(Signal signal)
    {
        if (!ReferenceEquals(this, signal))
            throw new InvalidOperationException($"Unexpected signal: {Name}");
    }

    public int CompareTo(Signal other) => other is null ? 1 : _constant.CompareTo(other._constant);

    public int CompareTo(object obj) => obj switch
    {
        null => 1,
        Signal other => CompareTo(other),
        _ => throw new ArgumentException("Only signals can be compared.", nameof(obj)),
    };

    public override bool Equals(object obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => _constant.GetHashCode();

    public override string ToString() => Name;

    private sealed class SignalConstant : AbstractConstant<SignalConstant>
    {
        public SignalConstant(int id, string name)
            : base(id, name)
        {
        }
    }

    private sealed class SignalPool : ConstantPool
    {
        protected override IConstant NewConstant<T>(int id, string name) => new Signal(id, name);
    }
}
