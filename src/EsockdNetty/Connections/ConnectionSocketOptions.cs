using System.Net.Sockets;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Interop;
using EsockdNetty.Opening;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Connections;

/// <summary>
/// Gives an accepted connection what its listener's options say of its socket and its channel. One that the system refuses although it took it of a
/// socket without a connection, when the listener was opened or changed, is told once a second at most; the connection goes on without it.
/// </summary>
/// <param name="listener">The listener's name.</param>
/// <param name="logger">Where it is told.</param>
/// <param name="isEnded">Whether a connection has ended, which is no fault of the option; null: the system is asked.</param>
internal sealed class ConnectionSocketOptions(string listener, ILogger logger, Func<IChannel, bool>? isEnded = null)
{
    private readonly Func<IChannel, bool> _isEnded = isEnded ?? DescriptorState.IsBroken;
    private readonly LogWindow<Refused> _refused =
        new((refused, count) => Log.SocketOptionRefused(logger, listener, refused.Setting, refused.Fault.SocketErrorCode, count - 1));

    /// <summary>On the connection's loop.</summary>
    public void Apply(IChannel channel, ListenerSettings settings)
    {
        IChannelConfiguration configuration = channel.Configuration;
        configuration.SetOption(ChannelOption.AllowHalfClosure, settings.AllowHalfClosure);
        configuration.WriteBufferHighWaterMark = settings.Limits.WriteHighWaterMark;
        configuration.WriteBufferLowWaterMark = settings.Limits.WriteLowWaterMark;
        foreach (SocketSetting setting in settings.Sockets.Connections)
        {
            Set(channel, setting);
        }
    }

    /// <summary>Writes what is held back, when the listener has no connection any more.</summary>
    public void Flush() => _refused.Flush();

    private void Set(IChannel channel, SocketSetting setting)
    {
        try
        {
            setting.TrySet(channel.Configuration);
        }
        catch (SocketException fault)
        {
            // Of one that the peer has reset already the first read will say so.
            if (!_isEnded(channel))
            {
                _refused.Add(channel.EventLoop, new Refused(setting, fault));
            }
        }
    }

    private sealed record Refused(SocketSetting Setting, SocketException Fault);
}
