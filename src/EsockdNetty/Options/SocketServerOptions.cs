using System.Diagnostics.Metrics;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Connections.Handshakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty;

/// <summary>
/// What all listeners of a server share. A server takes a copy when it is made; all but loops, transport, logs, meters and the prefix of bans can be
/// changed while it runs by <see cref="SocketServer.Update"/>.
/// </summary>
public sealed class SocketServerOptions
{
    /// <summary>Where the server logs. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Who makes the server's meter, as a host's dependency injection does. Default: null, the server makes it. Both are named "EsockdNetty".</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Event loops that serve connections. Default: null, one per processor. One more accepts.</summary>
    public int? Loops { get; set; }

    /// <summary>What carries the bytes. Default: epoll on Linux, .NET's sockets elsewhere.</summary>
    public SocketTransport Transport { get; set; } = SocketTransport.Automatic;

    /// <summary>Another transport than those there are, in place of <see cref="Transport"/>. Default: null.</summary>
    public ITransport? CustomTransport { get; set; }

    /// <summary>
    /// Live connections of all listeners together above which new ones are refused or wait. Default: null, the least of what the descriptor
    /// limit leaves, the memory limit ÷ 16 KiB, and 1,000,000.
    /// </summary>
    public int? MaxConnections { get; set; }

    /// <summary>How long a drain lets connections end by themselves. Default: 10 s. Zero closes them at once.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many steps of TLS handshakes are taken at a time, on all listeners. Default: 4 a round of each loop.</summary>
    public HandshakeLimit Handshakes { get; set; } = new();

    /// <summary>When newcomers are refused because the server cannot cope with the connections it has.</summary>
    public OverloadOptions Overload { get; private set; } = new();

    /// <summary>
    /// Bytes that the process's pooled buffers may hold. Above it connections with an incomplete message are not read, then the one that holds most is
    /// reset, one every 100 ms. Default: null, half the memory limit.
    /// </summary>
    public long? BufferBudget { get; set; }

    /// <summary>
    /// Whether the garbage collector is asked to compact, once, when a burst is over: what the process's buffers have given back and the server's
    /// connections that have ended, at 2 KB each, come to 64 MiB or more, and for five seconds no buffer memory has moved and the number of connections
    /// by less than 512. The process stands still for the collection, in proportion to what lives: some 10 ms for 10,000 connections. Default: true; false
    /// where the application has a large heap of its own.
    /// </summary>
    public bool CollectAfterBurst { get; set; } = true;

    /// <summary>When clients are banned by what they do, on all listeners. Off by default.</summary>
    public BanOptions Bans { get; private set; } = new();

    /// <summary>
    /// What holds for every listener opened after it was set here, where the listener's own options do not say otherwise: a value chosen there
    /// wins, even when it is the built-in default.
    /// </summary>
    public CommonListenerOptions ListenerDefaults { get; private set; } = CommonListenerOptions.ForAll();

    /// <summary>Every fault of these options together; empty when there is none.</summary>
    public IReadOnlyList<OptionFault> Validate()
    {
        var faults = new OptionFaults("Server");
        faults.AtLeast(nameof(Loops), Loops, 1);
        faults.AtLeast(nameof(MaxConnections), MaxConnections, 1);
        faults.Defined(nameof(Transport), Transport);
        if (Transport == SocketTransport.Epoll && !OperatingSystem.IsLinux())
        {
            faults.Add(nameof(Transport), Transport, "epoll is Linux's: use Automatic or Sockets");
        }

        if (CustomTransport is not null && Transport != SocketTransport.Automatic)
        {
            faults.Add(nameof(Transport), Transport, "leave it out where CustomTransport is set");
        }

        if (DrainTimeout < TimeSpan.Zero || DrainTimeout > TimeSpan.FromDays(1))
        {
            faults.Add(nameof(DrainTimeout), DrainTimeout, "use a time from zero to a day");
        }

        if (LoggerFactory is null)
        {
            faults.Add(nameof(LoggerFactory), null, "use NullLoggerFactory.Instance to log nowhere");
        }

        if (Handshakes is null)
        {
            faults.Add(nameof(Handshakes), null, "use new HandshakeLimit() for the defaults");
        }

        Handshakes?.Validate(faults, nameof(Handshakes));
        faults.AtLeast(nameof(BufferBudget), BufferBudget, 1024 * 1024);
        Overload.Validate(faults);
        Bans.Validate(faults);
        var defaults = new OptionFaults("Server:ListenerDefaults");
        ListenerDefaults.Validate(defaults, null);
        return [.. faults.All, .. defaults.All];
    }

    internal SocketServerOptions Copy()
    {
        var copy = (SocketServerOptions)MemberwiseClone();
        copy.Overload = Overload.Copy();
        copy.Bans = Bans.Copy();
        copy.ListenerDefaults = ListenerDefaults.Copy();
        return copy;
    }
}
