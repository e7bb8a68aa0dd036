using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Tests.Contract;

/// <summary>The contract over unix sockets.</summary>
public static class UnixContract
{
    public sealed class LifeCycle : LifeCycleContract<PortableTransport.Unix>;

    public sealed class Write : WriteContract<PortableTransport.Unix>;

    public sealed class WaterMark : WaterMarkContract<PortableTransport.Unix>;

    public sealed class Read : ReadContract<PortableTransport.Unix>;

    public sealed class HalfClose : HalfCloseContract<PortableTransport.Unix>;

    public sealed class Close : CloseContract<PortableTransport.Unix>;

    public sealed class Reset : ResetContract<PortableTransport.Unix>;

    public sealed class Connect : ConnectContract<PortableTransport.Unix>;

    public sealed class Registration : RegistrationContract<PortableTransport.Unix>;

    public sealed class Bind : BindContract<PortableTransport.Unix>;

    public sealed class Pipeline : PipelineContract<PortableTransport.Unix>;

    public sealed class Option : OptionContract<PortableTransport.Unix>;

    public sealed class SocketOption : SocketOptionContract<PortableTransport.Unix>;
}
