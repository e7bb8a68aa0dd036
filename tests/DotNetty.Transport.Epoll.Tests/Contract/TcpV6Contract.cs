using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Epoll.Tests.Contract;

/// <summary>The contract over IPv6.</summary>
public static class TcpV6Contract
{
    public sealed class LifeCycle : LifeCycleContract<EpollTransport.TcpV6>;

    public sealed class Write : WriteContract<EpollTransport.TcpV6>;

    public sealed class WaterMark : WaterMarkContract<EpollTransport.TcpV6>;

    public sealed class Read : ReadContract<EpollTransport.TcpV6>;

    public sealed class HalfClose : HalfCloseContract<EpollTransport.TcpV6>;

    public sealed class Close : CloseContract<EpollTransport.TcpV6>;

    public sealed class Reset : ResetContract<EpollTransport.TcpV6>;

    public sealed class Connect : ConnectContract<EpollTransport.TcpV6>;

    public sealed class Registration : RegistrationContract<EpollTransport.TcpV6>;

    public sealed class Bind : BindContract<EpollTransport.TcpV6>;

    public sealed class Pipeline : PipelineContract<EpollTransport.TcpV6>;

    public sealed class Option : OptionContract<EpollTransport.TcpV6>;

    public sealed class SocketOption : SocketOptionContract<EpollTransport.TcpV6>;
}
