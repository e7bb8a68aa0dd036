using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Budget;
using EsockdNetty.Connections.Traffic;
using EsockdNetty.Diagnostics;
using EsockdNetty.Sessions;

namespace EsockdNetty.Connections;

/// <summary>
/// Builds the pipeline of each accepted connection: meter, TLS, idle, slow consumer, packets, admission; the user's handlers follow when it is
/// admitted.
/// </summary>
internal sealed class ConnectionInitializer : ChannelInitializer<IChannel>
{
    private static readonly CloseReasonHandler CloseReasons = new();

    private readonly ListenerParts _parts;
    private readonly HandshakeMeter _handshakes;
    private readonly BufferBudgetHandler _budget;
    private readonly LastHandler _last;
    private readonly Action<IChannel> _admit;

    public ConnectionInitializer(ListenerParts parts)
    {
        _parts = parts;
        _handshakes = new HandshakeMeter(parts.Counters, parts.Diagnostics);
        _budget = new BufferBudgetHandler(parts.Server.Budget);
        _last = new LastHandler(parts.Settings.Name, parts.Logger);
        _admit = Admit;
    }

    /// <summary>A stage or a handler that could not be added: those that judge why a connection ends stand behind this place.</summary>
    public override void ExceptionCaught(IChannelHandlerContext ctx, Exception cause)
    {
        if (ctx.Channel.Active)
        {
            ctx.FireExceptionCaught(cause);
            _ = ctx.CloseAsync();
        }
    }

    protected override void InitChannel(IChannel channel)
    {
        // Read once: a change made while this connection lives is for those after it.
        ListenerSettings settings = _parts.Settings;
        _parts.ConnectionSockets.Apply(channel, settings);
        PeerCredentials.Keep(channel);
        ConnectionLease.Of(channel).Settings = settings;
        if (settings.AdmitsLater)
        {
            _parts.Pending.Add(channel);
        }

        IChannelPipeline pipeline = channel.Pipeline;
        var meter = new ConnectionMeter(_parts.Counters, _parts.Diagnostics);
        pipeline.Append(meter);
        if (_parts.Server.Abuse is { } abuse)
        {
            pipeline.Append(abuse);
        }

        if (settings.Limits.Traffic.LimitsBytes)
        {
            pipeline.Append(new TrafficLimitHandler(_parts.ByteLimit));
        }

        pipeline.Append(_budget);
        if (settings.Tls is not null)
        {
            pipeline.Append(new TlsHandler(settings.Tls) { HandshakeTurns = _parts.Server.Handshakes });
            pipeline.Append(_handshakes);
        }

        AddStages(pipeline, settings, meter);
        if (settings.AdmitsLater)
        {
            pipeline.Append(new AdmissionHandler(_admit));
        }
        else
        {
            // Accepted, so active: its handlers see all of its life.
            AddHandlers(channel, settings);
        }
    }

    private void AddStages(IChannelPipeline pipeline, ListenerSettings settings, ConnectionMeter meter)
    {
        pipeline.Append(new IdleCloseHandler(settings.Timeouts.Idle));
        pipeline.Append(new SlowConsumerHandler(settings.Limits.MaxPendingWriteBytes, settings.Timeouts.Send, settings.Limits.SlowConsumer));
        AddPackets(pipeline, settings, meter);
        if (settings.Limits.Traffic.LimitsMessages)
        {
            pipeline.Append(new MessageLimitHandler(_parts.MessageLimit));
        }

        pipeline.Append(CloseReasons);
    }

    private static void AddPackets(IChannelPipeline pipeline, ListenerSettings settings, ConnectionMeter meter)
    {
        if (settings.Packet.Mode == PacketMode.Raw)
        {
            var messages = new MessageMeter();
            meter.CountMessagesBy(messages, messages);
            pipeline.Append(messages);
            return;
        }

        var decoder = new PacketDecoder(settings.Packet, settings.Limits.MaxFrame) { FrameTimeout = settings.Timeouts.Frame };
        var encoder = new PacketEncoder(settings.Packet, settings.Limits.MaxFrame);
        meter.CountMessagesBy(decoder, encoder);
        pipeline.Append(decoder);
        pipeline.Append(encoder);
    }

    private void Admit(IChannel channel)
    {
        // Else it was chosen to be reset, and is on its way out.
        if (_parts.Pending.Remove(channel))
        {
            AddHandlers(channel, (ListenerSettings)ConnectionLease.Of(channel).Settings!);
        }
    }

    private void AddHandlers(IChannel channel, ListenerSettings settings)
    {
        try
        {
            ((DefaultChannelPipeline)channel.Pipeline).Tail = _last;
            AddHandlers(channel.Pipeline, settings);
            if (!channel.Active)
            {
                // A handler could not be added, or has closed it.
                return;
            }

            AcceptActivity.Admitted(ConnectionLease.Of(channel));
        }
        catch (Exception fault)
        {
            _last.CloseBecauseOf(channel, fault);
        }
    }

    private static void AddHandlers(IChannelPipeline pipeline, ListenerSettings settings)
    {
        if (settings.Handlers.Session is { } session)
        {
            pipeline.Append(new SessionRunner(session, settings.Writer));
        }
        else
        {
            settings.Handlers.Pipeline!(pipeline);
        }
    }
}
