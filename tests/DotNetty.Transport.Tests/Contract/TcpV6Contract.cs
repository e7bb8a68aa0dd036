using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Tests.Contract;

/// <summary>The contract over IPv6.</summary>
public static class TcpV6Contract
{
    public sealed class LifeCycle : LifeCycleContract<PortableTransport.TcpV6>;

    public sealed class Write : WriteContract<PortableTransport.TcpV6>;

    public sealed class WaterMark : WaterMarkContract<PortableTransport.TcpV6>;

    public sealed class Read : ReadContract<PortableTransport.TcpV6>;

    public sealed class HalfClose : HalfCloseContract<PortableTransport.TcpV6>;

    public sealed class Close : CloseContract<PortableTransport.TcpV6>;

    public sealed class Reset : ResetContract<PortableTransport.TcpV6>;

    public sealed class Connect : ConnectContract<PortableTransport.TcpV6>;

    public sealed class Registration : RegistrationContract<PortableTransport.TcpV6>;

    public sealed class Bind : BindContract<PortableTransport.TcpV6>;

    public sealed class Pipeline : PipelineContract<PortableTransport.TcpV6>;

    public sealed class Option : OptionContract<PortableTransport.TcpV6>;

    public sealed class SocketOption : SocketOptionContract<PortableTransport.TcpV6>;
}
