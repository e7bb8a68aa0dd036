using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Opening;

/// <summary>
/// Sets a listener's options on two sockets that are thrown away: whatever the system refuses is a fault before the listener opens, not a line
/// in the log for each connection.
/// </summary>
internal sealed class SocketTrial(ISocketTransport transport, AddressFamily family)
{
    public void Run(SocketSettings settings, OptionFaults faults)
    {
        if (settings.Listening.Count > 0)
        {
            TryAll(transport.NewServerChannel, settings.Listening, faults);
        }

        if (settings.Connections.Any(static setting => setting.Path != "Socket:NoDelay"))
        {
            TryAll(transport.NewStreamChannel, settings.Connections, faults);
        }
    }

    private void TryAll(Func<AddressFamily, AbstractSocketChannel> newChannel, List<SocketSetting> settings, OptionFaults faults)
    {
        AbstractSocketChannel channel;
        try
        {
            channel = newChannel(family);
        }
        catch (SocketException)
        {
            // Without a socket nothing can be tried; a bind says why there is none.
            return;
        }

        try
        {
            foreach (SocketSetting setting in settings)
            {
                Try(channel.Configuration, setting, faults);
            }
        }
        finally
        {
            channel.Unsafe.CloseForcibly();
        }
    }

    private static void Try(IChannelConfiguration channel, SocketSetting setting, OptionFaults faults)
    {
        try
        {
            if (!setting.TrySet(channel))
            {
                faults.Add(setting.Path, setting.Given, "this transport has no such option: leave it out");
            }
        }
        catch (Exception fault) when (fault is SocketException or NotSupportedException or ArgumentException)
        {
            faults.Add(setting.Path, setting.Given, $"the system refuses it ({fault.Message.TrimEnd('.')}): correct it, or leave it out");
        }
    }
}
