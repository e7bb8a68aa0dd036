using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Draining;

/// <summary>
/// A drain of connections without a network, driven by hand: it takes its rounds in the call that lets time pass. The connections' clocks are ahead
/// by one round, so that whoever is asked to end and is quiet has ended when the call returns.
/// </summary>
internal sealed class DrainByHand
{
    /// <summary>What lies between two rounds of a drain, and between two looks at a connection.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);

    private readonly LiveConnections _live = new(new ListenerCounters());
    private readonly ManualTime _time = new();
    private readonly List<EmbeddedChannel> _channels = [];
    private readonly Drain _drain;
    private Task _run = Task.CompletedTask;

    public DrainByHand(DrainOptions options) => _drain = new Drain(_live, options, _time);

    public bool HasEnded => _run.IsCompleted;

    /// <summary>Connections that have ended, whatever for.</summary>
    public int Closed => _channels.Count(static channel => !channel.Open);

    /// <summary>Connections of which the drain has said that it ended them.</summary>
    public int Drained => _channels.Count(static channel => !channel.Open && ConnectionLease.Of(channel).CloseReason == CloseReason.Drained);

    public void Come(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Add(new EmbeddedChannel());
        }
    }

    /// <summary>A connection that has sent half a frame, of which the rest is one zero.</summary>
    public EmbeddedChannel ComeBusy(params IChannelHandler[] handlers)
    {
        var channel = new EmbeddedChannel([new PacketDecoder(PacketType.Two) { FrameTimeout = null }, .. handlers]);
        channel.WriteInbound(Unpooled.WrappedBuffer([0]));
        return Add(channel);
    }

    /// <summary>A connection that has no loop yet.</summary>
    public EmbeddedChannel ComeUnregistered() => Add(new EmbeddedChannel(new EmbeddedChannel().Id, hasDisconnect: false, register: false));

    public void Begin()
    {
        _run = _drain.Run();
        _channels.ForEach(static channel => Pass(channel, Round));
    }

    public void Hasten(DrainOptions demand) => _drain.Hasten(demand);

    public void Hasten(TimeSpan timeout) => Hasten(new DrainOptions { Timeout = timeout });

    public void Advance(int milliseconds)
    {
        for (int passed = 0; passed < milliseconds; passed += (int)Round.TotalMilliseconds)
        {
            _time.Advance(Round);
            _channels.ForEach(static channel => Pass(channel, Round));
        }
    }

    public Task Ended() => _run.WaitAsync(Eventually.Guard);

    private static void Pass(EmbeddedChannel channel, TimeSpan time)
    {
        if (channel.Open)
        {
            channel.AdvanceTimeBy(time);
            channel.CheckException();
        }
    }

    private EmbeddedChannel Add(EmbeddedChannel channel)
    {
        _channels.Add(channel);
        _live.Add(channel);
        return channel;
    }
}
