#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A reference that threads share.</summary>
public sealed class AtomicReference<T>
    where T : class
{
    private T _value;

    public AtomicReference()
    {
    }

    public AtomicReference(T originalValue) => _value = originalValue;

    public T Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    public static implicit operator AtomicReference<T>(T newValue) => new(newValue);

    public static implicit operator T(AtomicReference<T> aRef) => aRef?.Value;

    /// <summary>Sets <paramref name="newValue"/> if the value is <paramref name="expected"/> by reference.</summary>
    /// <returns>True when it was set.</returns>
    public bool CompareAndSet(T expected, T newValue) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _value, newValue, expected), expected);
}
