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

    public ConnectionInitializer(ListenerParts parts)
    {
        _parts = parts;
        _handshakes = new HandshakeMeter(parts.Counters, parts.Diagnostics);
        _budget = new BufferBudgetHandler(parts.Server.Budget);
        _last = new LastHandler(parts.Settings.Name, parts.Logger);
    }

    protected override void InitChannel(IChannel channel)
    {
        // Read once: a change made while this connection lives is for those after it.
        ListenerSettings settings = _parts.Settings;
        ConnectionSocketOptions.Apply(channel, settings);
        PeerCredentials.Keep(channel);
        ConnectionLease.Of(channel).Settings = settings;
        _parts.Pending.Add(channel);
        IChannelPipeline pipeline = channel.Pipeline;
        var meter = new ConnectionMeter(_parts.Counters, _parts.Diagnostics);
        pipeline.AddLast(meter);
        if (_parts.Server.Abuse is { } abuse)
        {
            pipeline.AddLast(abuse);
        }

        if (settings.Limits.Traffic.LimitsBytes)
        {
            pipeline.AddLast(new TrafficLimitHandler(_parts.ByteLimit));
        }

        pipeline.AddLast(_budget);
        if (settings.Tls is not null)
        {
            pipeline.AddLast(new TlsHandler(settings.Tls) { HandshakeTurns = _parts.Server.Handshakes }, _handshakes);
        }

        AddStages(pipeline, settings, meter);
        pipeline.AddLast(new AdmissionHandler(settings.Tls is not null, admitted => Admit(admitted, settings)));
    }

    private void AddStages(IChannelPipeline pipeline, ListenerSettings settings, ConnectionMeter meter)
    {
        pipeline.AddLast(
            new IdleCloseHandler(settings.Timeouts.Idle),
            new SlowConsumerHandler(settings.Limits.MaxPendingWriteBytes, settings.Timeouts.Send, settings.Limits.SlowConsumer));
        AddPackets(pipeline, settings, meter);
        if (settings.Limits.Traffic.LimitsMessages)
        {
            pipeline.AddLast(new MessageLimitHandler(_parts.MessageLimit));
        }

        pipeline.AddLast(CloseReasons);
    }

    private static void AddPackets(IChannelPipeline pipeline, ListenerSettings settings, ConnectionMeter meter)
    {
        if (settings.Packet.Mode == PacketMode.Raw)
        {
            var messages = new MessageMeter();
            meter.CountMessagesBy(messages, messages);
            pipeline.AddLast(messages);
            return;
        }

        var decoder = new PacketDecoder(settings.Packet, settings.Limits.MaxFrame) { FrameTimeout = settings.Timeouts.Frame };
        var encoder = new PacketEncoder(settings.Packet, settings.Limits.MaxFrame);
        meter.CountMessagesBy(decoder, encoder);
        pipeline.AddLast(decoder, encoder);
    }

    private void Admit(IChannel channel, ListenerSettings settings)
    {
        if (!_parts.Pending.Remove(channel))
        {
            // Chosen to be reset: it is on its way out.
            return;
        }

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
            pipeline.AddLast(new SessionRunner(session, settings.Writer));
        }
        else
        {
            settings.Handlers.Pipeline!(pipeline);
        }
    }
}
