namespace EsockdNetty;

/// <summary>The value of an option, and whether somebody chose it: one that was chosen, be it the default, is never replaced by a general one.</summary>
internal struct Setting<T>(T byDefault)
{
    private T _value = byDefault;
    private bool _isChosen;

    public T Value
    {
        readonly get => _value;
        set
        {
            _value = value;
            _isChosen = true;
        }
    }

    /// <summary>Somebody set it here.</summary>
    public readonly bool IsChosen => _isChosen;

    /// <summary>Takes the general value where it was chosen and this one was not.</summary>
    public void Inherit(in Setting<T> general)
    {
        if (!_isChosen && general._isChosen)
        {
            _value = general._value;
        }
    }
}
