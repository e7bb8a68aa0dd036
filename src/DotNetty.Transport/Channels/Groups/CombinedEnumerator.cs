#nullable disable
using System.Collections;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>One enumeration after the other.</summary>
public sealed class CombinedEnumerator<T> : IEnumerator<T>
{
    private readonly IEnumerator<T> _first;
    private readonly IEnumerator<T> _second;
    private IEnumerator<T> _current;

    public CombinedEnumerator(IEnumerator<T> e1, IEnumerator<T> e2)
    {
        ArgumentNullException.ThrowIfNull(e1);
        ArgumentNullException.ThrowIfNull(e2);
        _first = e1;
        _second = e2;
        _current = e1;
    }

    public T Current => _current.Current;

    object IEnumerator.Current => Current;

    public bool MoveNext()
    {
        if (_current.MoveNext())
        {
            return true;
        }

        if (_current == _second)
        {
            return false;
        }

        _current = _second;
        return _current.MoveNext();
    }

    public void Reset()
    {
        _first.Reset();
        _second.Reset();
        _current = _first;
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
