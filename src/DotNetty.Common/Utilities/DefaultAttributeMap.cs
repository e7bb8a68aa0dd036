#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Attributes in an array that is replaced as a whole: one reference while unused, no lock to read, and nobody keeps more than a few.</summary>
public class DefaultAttributeMap : IAttributeMap
{
    private Attribute[] _attributes;

    public IAttribute<T> GetAttribute<T>(AttributeKey<T> key)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        Attribute<T> created = null;
        while (true)
        {
            var current = Volatile.Read(ref _attributes);
            if (Find(current, key) is { } present)
                return (Attribute<T>)present;

            created ??= new Attribute<T>(this, key);
            Attribute[] extended = current is null ? [created] : [.. current, created];
            if (TryReplace(current, extended))
                return created;
        }
    }

    public bool HasAttribute<T>(AttributeKey<T> key)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        return Find(Volatile.Read(ref _attributes), key) is not null;
    }

    private static Attribute Find(Attribute[] attributes, IConstant key)
    {
        if (attributes is null)
            return null;

        foreach (var attribute in attributes)
        {
            if (ReferenceEquals(attribute.AnyKey, key))
                return attribute;
        }

        return null;
    }

    private void Remove(Attribute attribute)
    {
        while (true)
        {
            var current = Volatile.Read(ref _attributes);
            if (current is null || !current.Contains(attribute))
                return;

            var rest = current.Length == 1 ? null : Array.FindAll(current, other => !ReferenceEquals(other, attribute));
            if (TryReplace(current, rest))
                return;
        }
    }

    private bool TryReplace(Attribute[] expected, Attribute[] replacement) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _attributes, replacement, expected), expected);

    private abstract class Attribute
    {
        public abstract IConstant AnyKey { get; }
    }

    private sealed class Attribute<T> : Attribute, IAttribute<T>
        where T : class
    {
        private readonly DefaultAttributeMap _map;
        private T _value;

        public Attribute(DefaultAttributeMap map, AttributeKey<T> key)
        {
            _map = map;
            Key = key;
        }

        public AttributeKey<T> Key { get; }

        public override IConstant AnyKey => Key;

        public T Get() => Volatile.Read(ref _value);

        public void Set(T value) => Volatile.Write(ref _value, value);

        public T GetAndSet(T value) => Interlocked.Exchange(ref _value, value);

        public T SetIfAbsent(T value) => Interlocked.CompareExchange(ref _value, value, null);

        public bool CompareAndSet(T oldValue, T newValue) =>
            ReferenceEquals(Interlocked.CompareExchange(ref _value, newValue, oldValue), oldValue);

        public T GetAndRemove()
        {
            // Out of the map first: who asks the map from now on gets a new attribute, and cannot lose a value to the line below.
            _map.Remove(this);
            return GetAndSet(null);
        }

        public void Remove() => GetAndRemove();
    }
}
