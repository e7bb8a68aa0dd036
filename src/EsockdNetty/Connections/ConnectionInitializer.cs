using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Sessions;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Connections;

/// <summary>
/// Builds the pipeline of each accepted connection: meter, TLS, idle, slow consumer, packets, admission; the user's handlers follow when it is
/// admitted.
/// </summary>
internal sealed class ConnectionInitializer : ChannelInitializer<IChannel>
{
    private static readonly CloseReasonHandler CloseReasons = new();

    private readonly Func<ListenerSettings> _settings;
    private readonly ListenerCounters _counters;
    private readonly PendingConnections _pending;
    private readonly HandshakeMeter _handshakes;
    private readonly LastHandler _last;

    public ConnectionInitializer(Func<ListenerSettings> settings, ListenerCounters counters, PendingConnections pending, ILogger logger)
    {
        _settings = settings;
        _counters = counters;
        _pending = pending;
        _handshakes = new HandshakeMeter(counters);
        _last = new LastHandler(settings().Name, logger);
    }

    protected override void InitChannel(IChannel channel)
    {
        // Read once: a change made while this connection lives is for those after it.
        ListenerSettings settings = _settings();
        _pending.Add(channel);
        IChannelPipeline pipeline = channel.Pipeline;
        pipeline.AddLast(new ConnectionMeter(_counters));
        if (settings.Tls is not null)
        {
            pipeline.AddLast(new TlsHandler(settings.Tls), _handshakes);
        }

        AddStages(pipeline, settings);
        pipeline.AddLast(new AdmissionHandler(settings.Tls is not null, admitted => Admit(admitted, settings)));
    }

    private static void AddStages(IChannelPipeline pipeline, ListenerSettings settings)
    {
        pipeline.AddLast(
            new IdleCloseHandler(settings.Timeouts.Idle),
            new SlowConsumerHandler(settings.Limits.MaxPendingWriteBytes, settings.Timeouts.Send, settings.Limits.SlowConsumer));
        if (settings.Packet.Mode != PacketMode.Raw)
        {
            pipeline.AddLast(
                new PacketDecoder(settings.Packet, settings.Limits.MaxFrame) { FrameTimeout = settings.Timeouts.Frame },
                new PacketEncoder(settings.Packet, settings.Limits.MaxFrame));
        }

        pipeline.AddLast(CloseReasons);
    }

    private void Admit(IChannel channel, ListenerSettings settings)
    {
        if (!_pending.Remove(channel))
        {
            // Chosen to be reset: it is on its way out.
            return;
        }

        try
        {
            AddHandlers(channel.Pipeline, settings);
            channel.Pipeline.AddLast(_last);
            if (ConnectionLease.Of(channel).CloseReason is CloseReason.HandlerFault)
            {
                // A handler could not be added, and said so when nobody stood here yet to act on it.
                _ = channel.CloseAsync();
            }
        }
        catch (Exception fault)
        {
            _last.CloseBecauseOf(channel, fault);
        }
    }

    private static void AddHandlers(IChannelPipeline pipeline, ListenerSettings settings)
    {
        if (settings.Session is not null)
        {
            pipeline.AddLast(new SessionRunner(settings.Session, settings.Writer));
        }
        else
        {
            settings.Pipeline!(pipeline);
        }
    }
}
