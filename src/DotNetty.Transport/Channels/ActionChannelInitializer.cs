#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>A channel initializer made of a delegate.</summary>
public sealed class ActionChannelInitializer<T> : ChannelInitializer<T>
    where T : IChannel
{
    private readonly Action<T> _initializationAction;

    public ActionChannelInitializer(Action<T> initializationAction)
    {
        ArgumentNullException.ThrowIfNull(initializationAction);
        _initializationAction = initializationAction;
    }

    public override string ToString() => $"{nameof(ActionChannelInitializer<T>)}[{StringUtil.SimpleClassName<T>()}]";

    protected override void InitChannel(T channel) => _initializationAction(channel);
}
