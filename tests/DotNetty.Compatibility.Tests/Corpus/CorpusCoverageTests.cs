namespace DotNetty.Compatibility.Tests.Corpus;

/// <summary>
/// What 29 public repositories use of DotNetty, in the order of use, is used by the corpus: names are looked for in its text, where they stand
/// as a user writes them. That the text compiles, without a warning, and does its work is for the compiler and the tests beside it.
/// </summary>
public sealed class CorpusCoverageTests
{
    public static TheoryData<string> Overrides => Names("""
        ExceptionCaught ChannelActive ChannelReadComplete ChannelInactive ChannelRead ChannelRead0 Decode UserEventTriggered
        Encode InitChannel CloseAsync WriteAsync Flush ChannelRegistered ConnectAsync HandlerRemoved ChannelUnregistered Read
        HandlerAdded ChannelWritabilityChanged
        """);

    public static TheoryData<string> OfContext => Names("""
        CloseAsync Channel WriteAndFlushAsync Flush WriteAsync FireChannelRead Allocator Read FireChannelReadComplete Executor
        Name Handler FireExceptionCaught FireUserEventTriggered
        """);

    public static TheoryData<string> OfChannel => Names("""
        Pipeline CloseAsync WriteAndFlushAsync RemoteAddress Id Open Active EventLoop WriteAsync DisconnectAsync IsWritable
        Flush GetAttribute LocalAddress CloseCompletion Configuration Read
        """);

    public static TheoryData<string> OfPipeline => Names("""
        AddLast Remove Get AddFirst Last FirstContext
        """);

    public static TheoryData<string> OfExecutor => Names("""
        ShutdownGracefullyAsync ScheduleAsync Schedule Execute InEventLoop SubmitAsync
        """);

    public static TheoryData<string> Options => Names("""
        TcpNodelay SoBacklog Allocator SoReuseaddr SoKeepalive SoReuseport SoBroadcast ConnectTimeout SoRcvbuf SoSndbuf AutoRead
        WriteBufferHighWaterMark RcvbufAllocator WriteBufferLowWaterMark MessageSizeEstimator WriteSpinCount
        """);

    public static TheoryData<string> OfBuffer => Names("""
        ToString WriteBytes ReadableBytes ReadBytes GetBytes Release Allocator Retain Clear ReaderIndex Array WriteInt Slice
        IsReadable IndexOf WriteByte ReadByte ReadInt SetReaderIndex Capacity WriterIndex SkipBytes GetByte ArrayOffset
        ReadString WriteString Copy ResetReaderIndex MarkReaderIndex GetIoBuffer GetInt ReadSlice ReadUnsignedShort WriteShort
        SetWriterIndex Duplicate ReferenceCount HasArray ForEachByte ReadFloat ReadDouble ReadLong ReadIntLE WriteIntLE
        WriteMedium ReadUnsignedMedium RetainedSlice Unwrap Touch
        """);

    [Theory]
    [InlineData("ChannelHandlerAdapter")]
    [InlineData("SimpleChannelInboundHandler<IByteBuffer>")]
    [InlineData("SimpleChannelInboundHandler<string>")]
    [InlineData("SimpleChannelInboundHandler<Command>")]
    [InlineData("ByteToMessageDecoder")]
    [InlineData("ChannelInitializer<ISocketChannel>")]
    [InlineData("ChannelInitializer<IChannel>")]
    [InlineData("MessageToMessageEncoder<string>")]
    [InlineData("MessageToByteEncoder<Command>")]
    [InlineData("MessageToMessageDecoder<IByteBuffer>")]
    [InlineData("MessageToMessageCodec<IByteBuffer, Response>")]
    [InlineData("ChannelDuplexHandler")]
    [InlineData("IChannelHandler")]
    [InlineData("LengthFieldBasedFrameDecoder")]
    [InlineData("LengthFieldPrepender")]
    [InlineData("IdleStateHandler")]
    public void A_base_is_derived_from(string name) => Holds($@"class \w+ : {name}\s");

    [Theory]
    [MemberData(nameof(Overrides))]
    public void A_member_of_a_handler_is_overridden(string name) => Holds($@"override (async )?(void|Task) {name}\(");

    [Fact]
    public void Sharing_is_declared() => Holds("override bool IsSharable => true;");

    [Theory]
    [MemberData(nameof(OfContext))]
    public void A_member_of_the_context_is_used(string name) => Holds($@"\b(context|ctx)\.{name}\b");

    [Theory]
    [MemberData(nameof(OfChannel))]
    public void A_member_of_the_channel_is_used(string name) => Holds($@"([cC]hannel|inbound|_outbound|member|_listener)[!?]?\.{name}\b");

    [Theory]
    [MemberData(nameof(OfPipeline))]
    public void A_member_of_the_pipeline_is_used(string name) => Holds($@"[pP]ipeline\s*\.{name}\b");

    [Theory]
    [MemberData(nameof(OfExecutor))]
    public void A_member_of_an_executor_is_used(string name) => Holds($@"(Executor|EventLoop|GetNext\(\)|[gG]roup|_boss|_workers)\.{name}\b");

    [Theory]
    [InlineData(@"AttributeKey<\w+>\.ValueOf\(")]
    [InlineData(@"\.GetAttribute\(\w+(\.\w+)?\)\.Get\(\)")]
    [InlineData(@"\.GetAttribute\(\w+(\.\w+)?\)\.Set\(")]
    [InlineData(@"\.SetIfAbsent\(")]
    [InlineData(@"AndFlushAsync\(.*\)\.ContinueWith\(")]
    public void An_idiom_is_used(string pattern) => Holds(pattern);

    [Theory]
    [InlineData(@"Group\(\w+\)")]
    [InlineData(@"Group\(\w+, \w+\)")]
    [InlineData(@"Option\(ChannelOption")]
    [InlineData(@"Channel<TcpServerSocketChannel>\(\)")]
    [InlineData(@"Channel<TcpSocketChannel>\(\)")]
    [InlineData(@"Handler\(new ")]
    [InlineData(@"ChildHandler\(")]
    [InlineData(@"BindAsync\(")]
    [InlineData(@"ConnectAsync\(")]
    [InlineData(@"ChildOption\(ChannelOption")]
    [InlineData(@"ChildAttribute\(")]
    [InlineData(@"ChannelFactory\(")]
    public void A_member_of_a_bootstrap_is_used(string pattern) => Holds($@"\b(b|_b)ootstrap[\s\S]*?\.{pattern}");

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_is_set(string name) => Holds($@"ption\(ChannelOption\.{name}, ");

    [Theory]
    [MemberData(nameof(OfBuffer))]
    public void A_member_of_the_buffer_is_used(string name) =>
        Holds($@"\b([bB]uffer|input|output|message|msg|frame|header|tail|copy|_greeting)(\.\w+\([^()]*\))*\.{name}\b");

    [Theory]
    [InlineData("Unpooled.WrappedBuffer(")]
    [InlineData("Unpooled.Buffer(")]
    [InlineData("Unpooled.CopiedBuffer(")]
    [InlineData("Unpooled.Empty")]
    [InlineData("Unpooled.UnreleasableBuffer(")]
    [InlineData("Unpooled.DirectBuffer(")]
    [InlineData("new ActionChannelInitializer<ISocketChannel>(")]
    [InlineData("new LengthFieldBasedFrameDecoder(")]
    [InlineData("new LengthFieldPrepender(")]
    [InlineData("new LoggingHandler(")]
    [InlineData("TlsHandler.Server(")]
    [InlineData("new TlsHandler(stream => new SslStream(")]
    [InlineData("new ClientTlsSettings(")]
    [InlineData("IdleStateEvent")]
    [InlineData("IdleState.ReaderIdle")]
    [InlineData("IdleState.WriterIdle")]
    [InlineData("TlsHandshakeCompletionEvent")]
    [InlineData("MultithreadEventLoopGroup")]
    [InlineData("IEventLoopGroup")]
    [InlineData("ISocketChannel")]
    [InlineData("IChannelPipeline")]
    [InlineData("IByteBufferAllocator")]
    [InlineData("ByteBufferUtil.HexDump(")]
    [InlineData("ReferenceCountUtil.Release(")]
    [InlineData("UnpooledByteBufferAllocator.Default")]
    [InlineData("PooledByteBufferAllocator.Default")]
    [InlineData("new AsciiString(")]
    [InlineData("InternalLoggerFactory.GetInstance<")]
    [InlineData("IInternalLogger")]
    [InlineData("new ReadOnlyByteBufferStream(")]
    [InlineData("DecoderException")]
    [InlineData("CorruptedFrameException")]
    [InlineData("TooLongFrameException")]
    [InlineData("TaskCompletionSource<")]
    public void A_type_is_used(string text) => Assert.Contains(text, CorpusText.All, StringComparison.Ordinal);

    [Fact]
    public void Nothing_in_the_corpus_switches_a_warning_off() =>
        Assert.DoesNotContain(CorpusText.Files, file => file.Value.Contains("#pragma", StringComparison.Ordinal) || file.Value.Contains("#nullable", StringComparison.Ordinal));

    [Fact]
    public void The_corpus_uses_nothing_that_is_ours_alone() =>
        Assert.DoesNotContain(CorpusText.Files, file => file.Value.Contains("EsockdNetty", StringComparison.Ordinal) || file.Value.Contains(".Write(context", StringComparison.Ordinal));

    private static void Holds(string pattern) => Assert.True(CorpusText.Contains(pattern), $"Nothing in the corpus matches {pattern}");

    private static TheoryData<string> Names(string text) => [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
