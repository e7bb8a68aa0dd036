using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting;

/// <summary>
/// A gate's waiting for a permit, while which its server channel accepts nothing. The user event of the server pipeline when it begins, and again
/// when it ends.
/// </summary>
public sealed class AcceptWait
{
    private readonly Func<string> _limit;
    private volatile IChannel? _server;
    private volatile bool _isOn;

    internal AcceptWait(RefusalReason reason, Func<string> limit)
    {
        Reason = reason;
        _limit = limit;
    }

    /// <summary>What has no permit: the reason for which the gate would refuse.</summary>
    public RefusalReason Reason { get; }

    /// <summary>The limit in force now, in words.</summary>
    public string Limit => _limit();

    /// <summary>False when it has ended.</summary>
    public bool IsOn => _isOn;

    /// <summary>Which channel waits; null before it ever did.</summary>
    internal IChannel? Server => _server;

    /// <summary>Tells the server pipeline when it begins, and when it ends. On the channel's loop.</summary>
    internal void Set(IChannel server, bool isOn)
    {
        if (_isOn != isOn)
        {
            _server = server;
            _isOn = isOn;
            server.Pipeline.FireUserEventTriggered(this);
        }
    }
}
