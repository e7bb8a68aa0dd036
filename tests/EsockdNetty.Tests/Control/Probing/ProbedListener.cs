using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Channels;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Alarms;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>A listener of echoes with one connection, on which an option is changed.</summary>
internal sealed class ProbedListener : IAsyncDisposable
{
    private readonly Probe _probe;
    private readonly ConcurrentQueue<ConnectionAlarm> _alarms = new();
    private readonly Channel<Newcomer> _accepted = System.Threading.Channels.Channel.CreateUnbounded<Newcomer>();
    private OneListener _server = null!;
    private Newcomer _old = null!;

    private ProbedListener(Probe probe) => _probe = probe;

    public Listener Listener => _server.Listener;

    /// <summary>What the listening socket has.</summary>
    public IServerSocketChannelConfiguration Listening => (IServerSocketChannelConfiguration)Listener.ServerChannel.Configuration;

    public IEnumerable<ConnectionAlarmKind> Alarms => _alarms.Select(static alarm => alarm.Kind);

    /// <summary>Opens it and lets the first in, which is served.</summary>
    public static async Task<ProbedListener> Open(Probe probe, SocketTransport transport)
    {
        var probed = new ProbedListener(probe);
        probed._server = await OneListener.OpenPipeline(probed.Admit, probe.Opened, new SocketServerOptions { Transport = transport });
        probed.Listener.Alarmed += probed._alarms.Enqueue;
        probed._old = await probed.Enter();
        Assert.True(await probed.OldEchoes());
        return probed;
    }

    /// <summary>The first has what it had, and is served.</summary>
    public async Task<bool> OldIsUntouched() =>
        ChannelFigures.Of(_old.Channel, isNew: false).All(figure => _old.Figures[figure.Key] == figure.Value) && await OldEchoes();

    /// <summary>One more client is admitted, differs from the first in the option that was changed and in nothing else, and is served.</summary>
    public async Task<Newcomer> Join(byte[]? ping = null, Action<SslClientAuthenticationOptions>? tls = null)
    {
        Newcomer newcomer = await Enter(tls: tls);
        string[] expected = ChannelFigures.Has(_probe.Path) && newcomer.Figures.ContainsKey(_probe.Path) ? [_probe.Path] : [];
        Assert.Equal(expected, newcomer.Figures.Keys.Where(figure => newcomer.Figures[figure] != _old.Figures[figure]));

        ping ??= _probe.Ping;
        await newcomer.Peer.Send(ping);
        Assert.Equal(ping, await newcomer.Peer.Receive(ping.Length));
        return newcomer;
    }

    /// <summary>One more client is admitted; it says nothing.</summary>
    public async Task<Newcomer> Enter(int? receiveBuffer = null, Action<SslClientAuthenticationOptions>? tls = null)
    {
        Peer peer = Listener.Address.IsTls ? await Peer.ConnectTls(Listener, tls) : await Peer.Connect(Listener, receiveBuffer);
        return await Admitted() with { Peer = peer };
    }

    /// <summary>The next that its handlers were given to; nobody knows its client here.</summary>
    public async Task<Newcomer> Admitted() => await _accepted.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Guard);

    /// <summary>One more client gets through its handshake and is served. In TLS 1.3 it learns only after its own part that it is sent away.</summary>
    public async Task<bool> ServesTls(Action<SslClientAuthenticationOptions>? tls = null)
    {
        try
        {
            using Peer peer = await Peer.ConnectTls(Listener, tls);
            return await peer.IsServed();
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>One more client is reset, and counted for that reason.</summary>
    public async Task Refuses(RefusalReason reason)
    {
        Assert.True(await Peer.IsRefused(Listener));
        Eventually.Equal((1, 1), () => ((int)Listener.Statistics.Refused.GetValueOrDefault(reason), (int)Listener.Statistics.Refused.Values.Sum()));
    }

    /// <summary>One connection has ended, and that is why.</summary>
    public void HasClosed(CloseReason reason) =>
        Eventually.Equal((1, 1), () => ((int)Listener.Statistics.Closed.GetValueOrDefault(reason), (int)Listener.Statistics.Closed.Values.Sum()));

    public async ValueTask DisposeAsync()
    {
        _old?.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<bool> OldEchoes()
    {
        await _old.Peer.Send(_probe.Ping);
        return (await _old.Peer.Receive(_probe.Ping.Length)).SequenceEqual(_probe.Ping);
    }

    // Its figures before a byte has come; with TLS some have.
    private void Admit(IChannelPipeline pipeline)
    {
        var handler = new ProbeHandler();
        pipeline.AddLast(handler);
        _accepted.Writer.TryWrite(new Newcomer(null!, pipeline.Channel, handler, ChannelFigures.Of(pipeline.Channel, isNew: !Listener.Address.IsTls)));
    }
}
