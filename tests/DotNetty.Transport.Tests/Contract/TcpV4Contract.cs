using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Tests.Contract;

/// <summary>The contract over IPv4.</summary>
public static class TcpV4Contract
{
    public sealed class LifeCycle : LifeCycleContract<PortableTransport.TcpV4>;

    public sealed class Write : WriteContract<PortableTransport.TcpV4>;

    public sealed class WaterMark : WaterMarkContract<PortableTransport.TcpV4>;

    public sealed class Read : ReadContract<PortableTransport.TcpV4>;

    public sealed class HalfClose : HalfCloseContract<PortableTransport.TcpV4>;

    public sealed class Close : CloseContract<PortableTransport.TcpV4>;

    public sealed class Reset : ResetContract<PortableTransport.TcpV4>;

    public sealed class Connect : ConnectContract<PortableTransport.TcpV4>;

    public sealed class Registration : RegistrationContract<PortableTransport.TcpV4>;

    public sealed class Bind : BindContract<PortableTransport.TcpV4>;

    public sealed class Pipeline : PipelineContract<PortableTransport.TcpV4>;

    public sealed class Option : OptionContract<PortableTransport.TcpV4>;

    public sealed class SocketOption : SocketOptionContract<PortableTransport.TcpV4>;
}
