using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Control;
using EsockdNetty.Diagnostics;
using EsockdNetty.Rebinding;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Opening;

/// <summary>Turns options into a listener: checks them all, loads certificates, composes the stages, binds. What fails leaves nothing behind.</summary>
internal sealed class ListenerOpening(
    ListenerOptions options,
    ServerParts server,
    ITransport transport,
    IEventLoopGroup boss,
    IEventLoopGroup workers,
    ILogger logger)
{
    /// <summary>What the server tells of itself; null: nothing.</summary>
    public ServerDiagnostics? Diagnostics { get; init; }

    public async Task<Listener> Open(ConnectionHandlers handlers)
    {
        ListenerSettings settings = Check(handlers);
        ListenAddress address = ListenAddress.Parse(options.Address);
        InheritedSocket? inherited = (address.EndPoint as InheritedEndPoint) is { } handedIn ? Take(handedIn) : null;
        EndPoint endPoint = await Resolve(transport.Locate(address)).ConfigureAwait(false);
        SocketTrial? trial = transport is ISocketTransport sockets ? new SocketTrial(sockets, inherited?.Family ?? endPoint.AddressFamily) : null;
        TrySocketOptions(trial, settings.Sockets);
        var parts = new ListenerParts(settings, server, logger, TimeProvider.System)
        {
            Trial = trial,
            Inherited = inherited,
            MayWait = MayWait,
            Diagnostics = Diagnostics is null ? null : new ListenerDiagnostics(Diagnostics, settings.Name, inherited?.Anywhere ?? endPoint),
        };
        AcceptorBind bind = AcceptorBindOf(parts);
        Listener? listener = null;
        await Listen(endPoint).ConfigureAwait(false);
        return listener ?? throw new UnreachableException();

        Task<ListeningChannels> Listen(EndPoint at) =>
            ListeningChannels.Open(options.Acceptors, at, bind, parts.Counters, logger, TimeProvider.System, Bound);

        Task Bound(ListeningChannels listening)
        {
            listener ??= NewListener(listening);
            return options.OnListening?.Invoke(listener) ?? Task.CompletedTask;
        }

        // Bound again it is the port the system chose the first time.
        Listener NewListener(ListeningChannels listening) =>
            new(parts, new ListenerLife(parts, listening, () => Listen(listening.LocalAddress)), address.BoundTo(listening.LocalAddress));
    }

    /// <summary>One line with the values in effect, and what the operator should know about them.</summary>
    public void LogOpened(Listener listener)
    {
        Log.Listening(logger, listener.Name, listener.Address, ListenerText.Of(listener));
        if (listener.Address is { IsTls: true, IsLocal: false } && DevelopmentCertificates.Serves(options.Tls))
        {
            Log.DevelopmentCertificate(logger, listener.Name, listener.Address);
        }

        if (KernelSetting.SoMaxConn is { } most && options.Socket.Backlog > most)
        {
            Log.BacklogCut(logger, listener.Name, options.Socket.Backlog, most);
        }

        WarnOfCut(listener, "Socket:ReceiveBufferSize", options.Socket.ReceiveBufferSize, "net.core.rmem_max");
        WarnOfCut(listener, "Socket:SendBufferSize", options.Socket.SendBufferSize, "net.core.wmem_max");
    }

    private void WarnOfCut(Listener listener, string option, int? bytes, string setting)
    {
        if (bytes is { } asked && KernelSetting.Read(setting) is { } most && asked > most)
        {
            Log.BufferCut(logger, listener.Name, option, asked, most, setting);
        }
    }

    private ListenerSettings Check(ConnectionHandlers handlers)
    {
        var faults = new OptionFaults(options.Path);
        options.Validate(faults);
        CheckAcceptors(faults);
        _ = ListenAddress.TryParse(options.Address, out ListenAddress? address);
        TlsMaterial? tls = address is { IsTls: true } ? TlsMaterial.Load(options.Tls, faults) : null;
        return faults.All.Count == 0
            ? new ListenerSettings(options.Name, options, tls, handlers)
            : throw new ListenerOptionsException(faults.All);
    }

    private bool MayWait => options.Acceptors == 1 || transport is not ISocketTransport { AcceptsOnReadiness: false };

    private void CheckAcceptors(OptionFaults faults)
    {
        int loops = workers.Items.Count();
        if (options.Acceptors > loops)
        {
            faults.Add("Acceptors", options.Acceptors, $"use {loops} or less, or raise Server:Loops: each needs a loop of its own");
        }

        if (options.Acceptors > 1 && transport is not ISocketTransport)
        {
            faults.Add("Acceptors", options.Acceptors, "use 1: only sockets can share a port");
        }

        if (options.Limits.OverLimit == OverLimit.Wait && !MayWait)
        {
            faults.Add("Acceptors", options.Acceptors, "use 1 where connections wait over the limit on .NET's sockets, or Server:Transport Epoll: "
                + "an acceptor there holds a permit that its neighbour's clients wait for");
        }
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

    private void TrySocketOptions(SocketTrial? trial, SocketSettings sockets)
    {
        var faults = new OptionFaults(options.Path);
        trial?.Run(sockets, faults);
        if (faults.All.Count > 0)
        {
            throw new ListenerOptionsException(faults.All);
        }
    }

    private InheritedSocket Take(InheritedEndPoint endPoint)
    {
        int descriptor = endPoint.Descriptor ?? -1;
        string remedy = "this transport has no descriptors: use another address";
        return transport is ISocketTransport
            && (endPoint.Name is null || SystemdSockets.OfProcess.TryFind(endPoint.Name, out descriptor, out remedy))
            && InheritedSocket.TryTake(descriptor, out InheritedSocket? socket, out remedy)
                ? socket
                : throw new BindException(options.Name, options.Address, remedy);
    }

    // One boss accepts for all workers; or each acceptor has a worker's loop, on which what it accepts stays.
    private AcceptorBind AcceptorBindOf(ListenerParts parts)
    {
        var pipeline = new ServerPipeline(parts, transport);
        if (parts.Inherited is { } socket && transport is ISocketTransport sockets)
        {
            return (_, _, _) => Bind(() => pipeline.Adopt(boss, workers, sockets.NewServerChannel(socket.Duplicate())));
        }

        if (options.Acceptors == 1)
        {
            return (_, endPoint, use) => Bind(pipeline, boss, workers, endPoint, use);
        }

        IEventLoop[] loops = NextLoops(options.Acceptors);
        return (acceptor, endPoint, use) => Bind(pipeline, loops[acceptor], loops[acceptor], endPoint, use);
    }

    // Listeners with fewer acceptors than there are loops begin at different ones.
    private IEventLoop[] NextLoops(int count)
    {
        IEventLoop[] all = [.. workers.Items];
        int first = Array.IndexOf(all, workers.GetNext());
        return [.. Enumerable.Range(first, count).Select(place => all[place % all.Length])];
    }

    private Task<IChannel> Bind(ServerPipeline pipeline, IEventLoopGroup accepting, IEventLoopGroup serving, EndPoint endPoint, PortUse use)
    {
        RemoveStaleFile(endPoint);
        return Bind(() => pipeline.Bind(accepting, serving, endPoint, use));
    }

    private async Task<IChannel> Bind(Func<Task<IChannel>> bind)
    {
        try
        {
            return await bind().ConfigureAwait(false);
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
}
