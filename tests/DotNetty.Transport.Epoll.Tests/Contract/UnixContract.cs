using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Epoll.Tests.Contract;

/// <summary>The contract over unix sockets.</summary>
public static class UnixContract
{
    public sealed class LifeCycle : LifeCycleContract<EpollTransport.Unix>;

    public sealed class Write : WriteContract<EpollTransport.Unix>;

    public sealed class WaterMark : WaterMarkContract<EpollTransport.Unix>;

    public sealed class Read : ReadContract<EpollTransport.Unix>;

    public sealed class HalfClose : HalfCloseContract<EpollTransport.Unix>;

    public sealed class Close : CloseContract<EpollTransport.Unix>;

    public sealed class Reset : ResetContract<EpollTransport.Unix>;

    public sealed class Connect : ConnectContract<EpollTransport.Unix>;

    public sealed class Registration : RegistrationContract<EpollTransport.Unix>;

    public sealed class Bind : BindContract<EpollTransport.Unix>;

    public sealed class Pipeline : PipelineContract<EpollTransport.Unix>;

    public sealed class Option : OptionContract<EpollTransport.Unix>;

    public sealed class SocketOption : SocketOptionContract<EpollTransport.Unix>;
}
