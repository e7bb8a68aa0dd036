#nullable disable
using System.Net;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Makes client channels.</summary>
public class Bootstrap : AbstractBootstrap<Bootstrap, IChannel>
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<Bootstrap>();
    private static readonly INameResolver DefaultResolver = new DefaultNameResolver();

    private volatile INameResolver _resolver = DefaultResolver;
    private volatile EndPoint _remoteAddress;

    public Bootstrap()
    {
    }

    private Bootstrap(Bootstrap bootstrap)
        : base(bootstrap)
    {
        _resolver = bootstrap._resolver;
        _remoteAddress = bootstrap._remoteAddress;
    }

    private Bootstrap(Bootstrap bootstrap, IEventLoopGroup group)
        : this(bootstrap) =>
        ReplaceGroup(group);

    /// <summary>Turns host names into addresses; null means the system's resolver.</summary>
    public Bootstrap Resolver(INameResolver resolver)
    {
        _resolver = resolver ?? DefaultResolver;
        return this;
    }

    public Bootstrap RemoteAddress(EndPoint remoteAddress)
    {
        _remoteAddress = remoteAddress;
        return this;
    }

    public Bootstrap RemoteAddress(string inetHost, int inetPort) => RemoteAddress(new DnsEndPoint(inetHost, inetPort));

    public Bootstrap RemoteAddress(IPAddress inetHost, int inetPort) => RemoteAddress(new IPEndPoint(inetHost, inetPort));

    public Task<IChannel> ConnectAsync()
    {
        Validate();
        return DoConnectAsync(_remoteAddress ?? throw new InvalidOperationException("The remote address is not set: call RemoteAddress, or give it to ConnectAsync."), LocalAddress());
    }

    public Task<IChannel> ConnectAsync(string inetHost, int inetPort) => ConnectAsync(new DnsEndPoint(inetHost, inetPort));

    public Task<IChannel> ConnectAsync(IPAddress inetHost, int inetPort) => ConnectAsync(new IPEndPoint(inetHost, inetPort));

    public Task<IChannel> ConnectAsync(EndPoint remoteAddress)
    {
        ArgumentNullException.ThrowIfNull(remoteAddress);
        Validate();
        return DoConnectAsync(remoteAddress, LocalAddress());
    }

    public Task<IChannel> ConnectAsync(EndPoint remoteAddress, EndPoint localAddress)
    {
        ArgumentNullException.ThrowIfNull(remoteAddress);
        Validate();
        return DoConnectAsync(remoteAddress, localAddress);
    }

    public override Bootstrap Validate()
    {
        base.Validate();
        if (Handler() is null)
        {
            throw new InvalidOperationException("The handler is not set: call Handler.");
        }

        return this;
    }

    public override Bootstrap Clone() => new(this);

    /// <summary>A copy that uses other loops.</summary>
    public Bootstrap Clone(IEventLoopGroup group) => new(this, group);

    public override string ToString() => _remoteAddress is null ? base.ToString() : $"{base.ToString()}, remoteAddress: {_remoteAddress}";

    protected override void Init(IChannel channel)
    {
        channel.Pipeline.AddLast((string)null, Handler());
        SetChannelOptions(channel, Options, Logger);
        foreach (AttributeValue attribute in Attributes)
        {
            attribute.Set(channel);
        }
    }

    private async Task<IChannel> DoConnectAsync(EndPoint remoteAddress, EndPoint localAddress)
    {
        if (!_resolver.IsResolved(remoteAddress))
        {
            remoteAddress = await _resolver.ResolveAsync(remoteAddress).ConfigureAwait(false);
        }

        IChannel channel = await InitAndRegisterAsync().ConfigureAwait(false);
        try
        {
            await channel.ConnectAsync(remoteAddress, localAddress).ConfigureAwait(false);
        }
        catch
        {
            await channel.CloseAsync().ConfigureAwait(false);
            throw;
        }

        return channel;
    }
}
