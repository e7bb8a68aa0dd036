#nullable disable
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Options and attributes together with their values.</summary>
public abstract partial class AbstractBootstrap<TBootstrap, TChannel>
{
    protected static void SetChannelOptions(IChannel channel, ICollection<ChannelOptionValue> options, IInternalLogger logger)
    {
        foreach (ChannelOptionValue option in options)
        {
            SetChannelOption(channel, option, logger);
        }
    }

    protected static void SetChannelOptions(IChannel channel, ChannelOptionValue[] options, IInternalLogger logger)
    {
        foreach (ChannelOptionValue option in options)
        {
            SetChannelOption(channel, option, logger);
        }
    }

    /// <summary>Sets one option; one the channel does not have, or cannot set, is a warning in the log.</summary>
    protected static void SetChannelOption(IChannel channel, ChannelOptionValue option, IInternalLogger logger)
    {
        try
        {
            if (!option.Set(channel.Configuration))
            {
                logger.Warn("{} has no option {}.", channel.GetType().Name, option);
            }
        }
        catch (Exception fault)
        {
            logger.Warn($"The option {option} could not be set on {channel}.", fault);
        }
    }

    protected abstract class ChannelOptionValue
    {
        public abstract ChannelOption Option { get; }

        public abstract bool Set(IChannelConfiguration config);
    }

    protected sealed class ChannelOptionValue<T> : ChannelOptionValue
    {
        private readonly ChannelOption<T> _option;
        private readonly T _value;

        public ChannelOptionValue(ChannelOption<T> option, T value)
        {
            _option = option;
            _value = value;
        }

        public override ChannelOption Option => _option;

        public override bool Set(IChannelConfiguration config) => config.SetOption(_option, _value);

        public override string ToString() => $"{_option}={_value}";
    }

    protected abstract class AttributeValue
    {
        public abstract void Set(IAttributeMap map);
    }

    protected sealed class AttributeValue<T> : AttributeValue
        where T : class
    {
        private readonly AttributeKey<T> _key;
        private readonly T _value;

        public AttributeValue(AttributeKey<T> key, T value)
        {
            _key = key;
            _value = value;
        }

        public override void Set(IAttributeMap config) => config.GetAttribute(_key).Set(_value);
    }
}
