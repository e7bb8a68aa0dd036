#nullable disable
using System.Collections.Concurrent;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Makes a listening channel, and says what becomes of the connections it accepts.</summary>
public class ServerBootstrap : AbstractBootstrap<ServerBootstrap, IServerChannel>
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<ServerBootstrap>();

    private readonly ConcurrentDictionary<ChannelOption, ChannelOptionValue> _childOptions;
    private readonly ConcurrentDictionary<IConstant, AttributeValue> _childAttributes;
    private volatile IEventLoopGroup _childGroup;
    private volatile IChannelHandler _childHandler;

    public ServerBootstrap()
    {
        _childOptions = new ConcurrentDictionary<ChannelOption, ChannelOptionValue>();
        _childAttributes = new ConcurrentDictionary<IConstant, AttributeValue>();
    }

    private ServerBootstrap(ServerBootstrap bootstrap)
        : base(bootstrap)
    {
        _childGroup = bootstrap._childGroup;
        _childHandler = bootstrap._childHandler;
        _childOptions = new ConcurrentDictionary<ChannelOption, ChannelOptionValue>(bootstrap._childOptions);
        _childAttributes = new ConcurrentDictionary<IConstant, AttributeValue>(bootstrap._childAttributes);
    }

    /// <summary>The same loops accept and serve.</summary>
    public override ServerBootstrap Group(IEventLoopGroup group) => Group(group, group);

    /// <summary>The boss, which accepts, and the workers, which serve what was accepted.</summary>
    public ServerBootstrap Group(IEventLoopGroup parentGroup, IEventLoopGroup childGroup)
    {
        ArgumentNullException.ThrowIfNull(childGroup);
        base.Group(parentGroup);
        _childGroup = childGroup;
        return this;
    }

    /// <summary>An option of each accepted connection; null takes it back.</summary>
    public ServerBootstrap ChildOption<T>(ChannelOption<T> childOption, T value)
    {
        ArgumentNullException.ThrowIfNull(childOption);
        if (value is null)
        {
            _childOptions.TryRemove(childOption, out _);
        }
        else
        {
            _childOptions[childOption] = new ChannelOptionValue<T>(childOption, value);
        }

        return this;
    }

    /// <summary>An attribute of each accepted connection; null takes it back.</summary>
    public ServerBootstrap ChildAttribute<T>(AttributeKey<T> childKey, T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(childKey);
        if (value is null)
        {
            _childAttributes.TryRemove(childKey, out _);
        }
        else
        {
            _childAttributes[childKey] = new AttributeValue<T>(childKey, value);
        }

        return this;
    }

    /// <summary>Stands in the pipeline of each accepted connection: an initializer, or a sharable handler.</summary>
    public ServerBootstrap ChildHandler(IChannelHandler childHandler)
    {
        ArgumentNullException.ThrowIfNull(childHandler);
        _childHandler = childHandler;
        return this;
    }

    public IEventLoopGroup ChildGroup() => _childGroup;

    public override ServerBootstrap Validate()
    {
        base.Validate();
        if (_childHandler is null)
        {
            throw new InvalidOperationException("The child handler is not set: call ChildHandler.");
        }

        // The second connection would fail otherwise, long after the mistake.
        if (_childHandler is ChannelHandlerAdapter { IsSharable: false })
        {
            throw new InvalidOperationException(
                $"The child handler {_childHandler.GetType().Name} is not sharable and cannot serve more than one connection: make it in an initializer.");
        }

        _childGroup ??= Group();
        return this;
    }

    public override ServerBootstrap Clone() => new(this);

    public override string ToString() => $"{base.ToString()}, childGroup: {_childGroup}, childHandler: {_childHandler}";

    protected override void Init(IChannel channel)
    {
        SetChannelOptions(channel, Options, Logger);
        foreach (AttributeValue attribute in Attributes)
        {
            attribute.Set(channel);
        }

        IChannelHandler handler = Handler();
        ServerBootstrapAcceptor acceptor = NewAcceptor();
        channel.Pipeline.AddLast(new ActionChannelInitializer<IChannel>(channel =>
        {
            if (handler is not null)
            {
                channel.Pipeline.AddLast((string)null, handler);
            }

            // Later: the handler may be an initializer whose handlers come first.
            channel.EventLoop.Execute(() => channel.Pipeline.AddLast(acceptor));
        }));
    }

    private ServerBootstrapAcceptor NewAcceptor()
    {
        ChannelOptionValue[] options = [.. _childOptions.Values];
        AttributeValue[] attributes = [.. _childAttributes.Values];
        return new ServerBootstrapAcceptor(_childGroup, _childHandler, Prepare);

        void Prepare(IChannel child)
        {
            SetChannelOptions(child, options, Logger);
            foreach (AttributeValue attribute in attributes)
            {
                attribute.Set(child);
            }
        }
    }
}
