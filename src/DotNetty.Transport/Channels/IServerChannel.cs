namespace DotNetty.Transport.Channels;

/// <summary>A channel whose inbound messages are the channels it accepted.</summary>
public interface IServerChannel : IChannel
{
}
