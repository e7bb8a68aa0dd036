using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Secure;

public class SecureServerInitializer : ChannelInitializer<ISocketChannel>
{
    private readonly X509Certificate2? _certificate;

    public SecureServerInitializer(X509Certificate2? certificate)
    {
        _certificate = certificate;
    }

    protected override void InitChannel(ISocketChannel channel)
    {
        if (_certificate != null)
        {
            channel.Pipeline.AddLast("tls", TlsHandler.Server(_certificate));
        }

        channel.Pipeline.AddLast("greeting", new GreetingHandler());
    }
}
