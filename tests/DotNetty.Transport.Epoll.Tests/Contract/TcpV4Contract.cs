using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Epoll.Tests.Contract;

/// <summary>The contract over IPv4.</summary>
public static class TcpV4Contract
{
    public sealed class LifeCycle : LifeCycleContract<EpollTransport.TcpV4>;

    public sealed class Write : WriteContract<EpollTransport.TcpV4>;

    public sealed class WaterMark : WaterMarkContract<EpollTransport.TcpV4>;

    public sealed class Read : ReadContract<EpollTransport.TcpV4>;

    public sealed class HalfClose : HalfCloseContract<EpollTransport.TcpV4>;

    public sealed class Close : CloseContract<EpollTransport.TcpV4>;

    public sealed class Reset : ResetContract<EpollTransport.TcpV4>;

    public sealed class Connect : ConnectContract<EpollTransport.TcpV4>;

    public sealed class Registration : RegistrationContract<EpollTransport.TcpV4>;

    public sealed class Bind : BindContract<EpollTransport.TcpV4>;

    public sealed class Pipeline : PipelineContract<EpollTransport.TcpV4>;

    public sealed class Option : OptionContract<EpollTransport.TcpV4>;

    public sealed class SocketOption : SocketOptionContract<EpollTransport.TcpV4>;
}
