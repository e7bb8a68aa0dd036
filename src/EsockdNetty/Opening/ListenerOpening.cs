using System.Net;
using System.Net.Sockets;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Rebinding;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Opening;

/// <summary>Turns options into a listener: checks them all, loads certificates, composes the stages, binds. What fails leaves nothing behind.</summary>
internal sealed class ListenerOpening(
    ListenerOptions options,
    ConnectionLimit serverLimit,
    TransportFactory transport,
    IEventLoopGroup boss,
    IEventLoopGroup workers,
    ILogger logger)
{
    // The last argument is called when the listener has ended, before its completion.
    public async Task<Listener> Open(SessionHandler? session, PipelineInitializer? pipeline, Action<Listener> ended)
    {
        ListenerSettings settings = Check(session, pipeline);
        ListenAddress address = ListenAddress.Parse(options.Address);
        EndPoint endPoint = await Resolve(address.EndPoint).ConfigureAwait(false);
        ListenerParts parts = MakeParts(settings);
        IChannel channel = await Bind(parts, endPoint).ConfigureAwait(false);

        // Bound again it is the port the system chose the first time.
        EndPoint bound = channel.LocalAddress;
        var listening = new ListeningChannel(channel, () => Bind(parts, bound), parts.Counters, logger, TimeProvider.System);
        return new Listener(parts, listening, address.BoundTo(bound), ended);
    }

    /// <summary>One line with the values in effect, and what the operator should know about them.</summary>
    public void LogOpened(Listener listener)
    {
        Log.Listening(logger, listener.Name, listener.Address, Describe(listener));
        if (listener.Address is { IsTls: true, IsLocal: false } && DevelopmentCertificates.Serves(options.Tls))
        {
            Log.DevelopmentCertificate(logger, listener.Name, listener.Address);
        }

        if (BacklogLimit.Current is { } most && options.Socket.Backlog > most)
        {
            Log.BacklogCut(logger, listener.Name, options.Socket.Backlog, most);
        }
    }

    private ListenerSettings Check(SessionHandler? session, PipelineInitializer? pipeline)
    {
        var faults = new OptionFaults(options.Path);
        options.Validate(faults);
        ServerTlsSettings? tls = null;
        if (ListenAddress.TryParse(options.Address, out ListenAddress? address) && address.IsTls)
        {
            tls = TlsSettingsFactory.Create(options, faults);
        }

        return faults.All.Count == 0
            ? ListenerSettings.Of(options, tls, session, pipeline)
            : throw new ListenerOptionsException(faults.All);
    }

    private async Task<EndPoint> Resolve(EndPoint endPoint)
    {
        if (endPoint is not DnsEndPoint name)
        {
            return endPoint;
        }

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(name.Host).ConfigureAwait(false);
            return addresses is [var first, ..] ? new IPEndPoint(first, name.Port) : throw new BindException(options.Name, options.Address, SocketError.HostNotFound);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new BindException(options.Name, options.Address, SocketError.HostNotFound, fault);
        }
    }

    private ListenerParts MakeParts(ListenerSettings settings)
    {
        var limit = new ConnectionLimit(settings.Limits.MaxConnections ?? serverLimit.Limit);
        int maxPending = settings.Limits.MaxPending ?? DefaultLimits.MaxPending(limit.Limit);
        var counters = new ListenerCounters();
        return new ListenerParts(settings, limit, counters, new PendingConnections(maxPending, counters), new LiveConnections(), logger);
    }

    private async Task<IChannel> Bind(ListenerParts parts, EndPoint endPoint)
    {
        RemoveStaleFile(endPoint);
        try
        {
            return await new ServerPipeline(parts, options.Refusal, serverLimit, transport).Bind(boss, workers, endPoint).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            throw new BindException(options.Name, options.Address, fault.SocketErrorCode, fault);
        }
    }

    private void RemoveStaleFile(EndPoint endPoint)
    {
        try
        {
            StaleSocketFile.Remove(endPoint);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BindException(options.Name, options.Address, SocketError.AccessDenied, fault);
        }
    }

    private string Describe(Listener listener)
    {
        LimitOptions limits = options.Limits;
        TimeoutOptions timeouts = options.Timeouts;
        return $"packet {options.Packet}, max frame {limits.MaxFrame}, max connections {listener.MaxConnections} ({limits.OverLimit}), "
            + $"max pending {listener.MaxPending}, backlog {options.Socket.Backlog}, idle {Seconds(timeouts.Idle)}, frame {Seconds(timeouts.Frame)}, "
            + $"send {Seconds(timeouts.Send)}, max pending write {limits.MaxPendingWriteBytes}"
            + (listener.Address.IsTls ? $", TLS {options.Tls.Protocols}, handshake {Seconds(timeouts.Handshake)}, client certificates {options.Tls.ClientCertificates}" : "");
    }

    private static string Seconds(TimeSpan? time) => time is { } value ? $"{value.TotalSeconds:0.###} s" : "never";
}
