using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Opening;

/// <summary>One option that a listener's sockets are given.</summary>
/// <param name="Path">The option as <see cref="SocketOptions"/> has it.</param>
internal abstract record SocketSetting(string Path)
{
    /// <summary>What it is set to, as it was given.</summary>
    public abstract object? Given { get; }

    /// <returns>False when the channel has no such option.</returns>
    public abstract bool TrySet(IChannelConfiguration channel);

    /// <summary>Makes it one of the listening socket, set before it is bound.</summary>
    public abstract void AddTo(ServerBootstrap bootstrap);

    public override string ToString() => $"{Path} {Given}";
}
