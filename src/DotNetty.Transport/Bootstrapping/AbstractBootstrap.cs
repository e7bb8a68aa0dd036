#nullable disable
using System.Collections.Concurrent;
using System.Net;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Collects what a channel is made of, then makes, registers and binds it.</summary>
public abstract partial class AbstractBootstrap<TBootstrap, TChannel>
    where TBootstrap : AbstractBootstrap<TBootstrap, TChannel>
    where TChannel : IChannel
{
    private readonly ConcurrentDictionary<ChannelOption, ChannelOptionValue> _options;
    private readonly ConcurrentDictionary<IConstant, AttributeValue> _attributes;
    private volatile IEventLoopGroup _group;
    private volatile Func<TChannel> _channelFactory;
    private volatile EndPoint _localAddress;
    private volatile IChannelHandler _handler;

    protected internal AbstractBootstrap()
    {
        _options = new ConcurrentDictionary<ChannelOption, ChannelOptionValue>();
        _attributes = new ConcurrentDictionary<IConstant, AttributeValue>();
    }

    protected internal AbstractBootstrap(AbstractBootstrap<TBootstrap, TChannel> bootstrap)
    {
        ArgumentNullException.ThrowIfNull(bootstrap);
        _group = bootstrap._group;
        _channelFactory = bootstrap._channelFactory;
        _handler = bootstrap._handler;
        _localAddress = bootstrap._localAddress;
        _options = new ConcurrentDictionary<ChannelOption, ChannelOptionValue>(bootstrap._options);
        _attributes = new ConcurrentDictionary<IConstant, AttributeValue>(bootstrap._attributes);
    }

    protected ICollection<ChannelOptionValue> Options => _options.Values;

    protected ICollection<AttributeValue> Attributes => _attributes.Values;

    /// <summary>The loops that serve the channel (of a server: the listening one).</summary>
    /// <exception cref="InvalidOperationException">The group was set before.</exception>
    public virtual TBootstrap Group(IEventLoopGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_group is not null)
        {
            throw new InvalidOperationException("The group was set already.");
        }

        _group = group;
        return (TBootstrap)this;
    }

    public IEventLoopGroup Group() => _group;

    /// <summary>The type of channel to make.</summary>
    public TBootstrap Channel<T>()
        where T : TChannel, new()
        => ChannelFactory(static () => new T());

    public TBootstrap ChannelFactory(Func<TChannel> channelFactory)
    {
        ArgumentNullException.ThrowIfNull(channelFactory);
        _channelFactory = channelFactory;
        return (TBootstrap)this;
    }

    public TBootstrap LocalAddress(EndPoint localAddress)
    {
        _localAddress = localAddress;
        return (TBootstrap)this;
    }

    public TBootstrap LocalAddress(int inetPort) => LocalAddress(new IPEndPoint(IPAddress.Any, inetPort));

    public TBootstrap LocalAddress(string inetHost, int inetPort) => LocalAddress(new DnsEndPoint(inetHost, inetPort));

    public TBootstrap LocalAddress(IPAddress inetHost, int inetPort) => LocalAddress(new IPEndPoint(inetHost, inetPort));

    /// <summary>An option of the channel; null takes it back.</summary>
    public TBootstrap Option<T>(ChannelOption<T> option, T value)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (value is null)
        {
            _options.TryRemove(option, out _);
        }
        else
        {
            _options[option] = new ChannelOptionValue<T>(option, value);
        }

        return (TBootstrap)this;
    }

    /// <summary>An attribute of the channel; null takes it back.</summary>
    public TBootstrap Attribute<T>(AttributeKey<T> key, T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        if (value is null)
        {
            _attributes.TryRemove(key, out _);
        }
        else
        {
            _attributes[key] = new AttributeValue<T>(key, value);
        }

        return (TBootstrap)this;
    }

    public TBootstrap Handler(IChannelHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        return (TBootstrap)this;
    }

    /// <exception cref="InvalidOperationException">Something needed is missing.</exception>
    public virtual TBootstrap Validate()
    {
        if (_group is null)
        {
            throw new InvalidOperationException("The group is not set: call Group.");
        }

        if (_channelFactory is null)
        {
            throw new InvalidOperationException("The channel is not set: call Channel or ChannelFactory.");
        }

        return (TBootstrap)this;
    }

    public abstract TBootstrap Clone();

    public Task RegisterAsync()
    {
        Validate();
        return InitAndRegisterAsync();
    }

    public Task<IChannel> BindAsync()
    {
        Validate();
        return DoBindAsync(_localAddress ?? throw new InvalidOperationException("The local address is not set: call LocalAddress, or give it to BindAsync."));
    }

    public Task<IChannel> BindAsync(int inetPort) => BindAsync(new IPEndPoint(IPAddress.Any, inetPort));

    public Task<IChannel> BindAsync(string inetHost, int inetPort) => BindAsync(new DnsEndPoint(inetHost, inetPort));

    public Task<IChannel> BindAsync(IPAddress inetHost, int inetPort) => BindAsync(new IPEndPoint(inetHost, inetPort));

    public Task<IChannel> BindAsync(EndPoint localAddress)
    {
        Validate();
        ArgumentNullException.ThrowIfNull(localAddress);
        return DoBindAsync(localAddress);
    }

    public override string ToString() => $"{StringUtil.SimpleClassName(this)}(group: {_group}, localAddress: {_localAddress}, handler: {_handler})";

    private protected void ReplaceGroup(IEventLoopGroup group) => _group = group;

    protected EndPoint LocalAddress() => _localAddress;

    protected IChannelHandler Handler() => _handler;

    /// <summary>Gives a new channel its options, attributes and handlers, before it is registered.</summary>
    protected abstract void Init(IChannel channel);

    protected async Task<IChannel> InitAndRegisterAsync()
    {
        IChannel channel = _channelFactory();
        try
        {
            Init(channel);
            await Group().GetNext().RegisterAsync(channel).ConfigureAwait(false);
        }
        catch
        {
            channel.Unsafe.CloseForcibly();
            throw;
        }

        return channel;
    }

    private async Task<IChannel> DoBindAsync(EndPoint localAddress)
    {
        if (localAddress is DnsEndPoint)
        {
            localAddress = await new DefaultNameResolver().ResolveAsync(localAddress).ConfigureAwait(false);
        }

        IChannel channel = await InitAndRegisterAsync().ConfigureAwait(false);
        try
        {
            await channel.BindAsync(localAddress).ConfigureAwait(false);
        }
        catch
        {
            await channel.CloseAsync().ConfigureAwait(false);
            throw;
        }

        return channel;
    }
}
