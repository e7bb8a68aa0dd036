using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Opening;

/// <inheritdoc cref="SocketSetting"/>
internal sealed record SocketSetting<T>(string Path, ChannelOption<T> Option, T Value) : SocketSetting(Path)
{
    /// <summary>What stands in faults and logs in place of the value.</summary>
    public object? Shown { get; init; }

    public override object? Given => Shown ?? Value;

    public override bool TrySet(IChannelConfiguration channel) => channel.SetOption(Option, Value);

    public override void AddTo(ServerBootstrap bootstrap) => bootstrap.Option(Option, Value);

    public override string ToString() => base.ToString();
}
