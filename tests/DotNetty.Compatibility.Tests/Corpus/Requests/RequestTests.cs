using Acme.Hosting;
using Acme.Requests;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Corpus.Requests;

public sealed class RequestTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<string> _never = new();
    private readonly RequestClient _client = new(TimeSpan.FromMinutes(1));
    private readonly TcpDialer _dialer;
    private readonly TcpHost _host;
    private IChannel? _channel;

    public RequestTests()
    {
        _host = new TcpHost(new ActionChannelInitializer<ISocketChannel>(channel =>
            AddFraming(channel.Pipeline).AddLast(new ServerCodec(), new RequestHandler(WorkAsync))));
        _dialer = new TcpDialer(TimeSpan.FromSeconds(1), pipeline =>
            AddFraming(pipeline).AddLast(new ResponseDecoder(), new RequestEncoder(), _client));
    }

    public async Task InitializeAsync()
    {
        await Within.Reached(_host.StartAsync());
        _channel = await Within.Reached(_dialer.ConnectAsync(_host.Address));
    }

    public async Task DisposeAsync()
    {
        _never.TrySetResult("");
        await Within.Reached(_dialer.StopAsync());
        await Within.Reached(_host.StopAsync());
    }

    [Fact]
    public async Task Many_requests_on_one_connection_each_get_their_answer()
    {
        string[] words = [.. Enumerable.Range(0, 200).Select(i => "word " + i)];

        string[] answers = await Within.Reached(Task.WhenAll(words.Select(_client.AskAsync)));

        Assert.Equal(words.Select(word => word.ToUpperInvariant()), answers);
        Assert.Equal(0, _client.Pending);
    }

    [Fact]
    public async Task A_failure_of_the_server_is_the_callers()
    {
        Exception failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Within.Reached(_client.AskAsync("fail")));

        Assert.Equal("as you wish", failure.Message);
    }

    [Fact]
    public async Task What_was_not_answered_fails_when_the_connection_ends()
    {
        Task<string> asked = _client.AskAsync("never");

        await Within.Reached(_channel!.CloseAsync());

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(asked));
    }

    [Fact]
    public async Task What_is_asked_on_a_closed_connection_fails()
    {
        await Within.Reached(_channel!.CloseAsync());

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(_client.AskAsync("too late")));
    }

    [Fact]
    public void What_is_not_answered_in_time_fails()
    {
        var client = new RequestClient(TimeSpan.FromSeconds(3));
        var channel = new EmbeddedChannel(new RequestEncoder(), client);

        Task<string> asked = client.AskAsync("anyone?");
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(3));

        Assert.IsType<TimeoutException>(asked.Exception?.InnerException);
        channel.FinishAndReleaseAll();
    }

    private static IChannelPipeline AddFraming(IChannelPipeline pipeline) =>
        pipeline.AddLast(new LengthFieldPrepender(4), new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4));

    private Task<string> WorkAsync(string text) => text switch
    {
        "fail" => throw new NotSupportedException("as you wish"),
        "never" => _never.Task,
        _ => Task.FromResult(text.ToUpperInvariant()),
    };
}
