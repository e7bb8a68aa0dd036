using System.Text;
using Acme.Login;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Login;

public sealed class LoginTests
{
    private readonly CommandLogHandler _log = new();
    private readonly EmbeddedChannel _channel;

    public LoginTests() => _channel = new EmbeddedChannel(new LoginHandler("secret"), _log);

    [Fact]
    public void The_password_opens_the_way()
    {
        IByteBuffer login = Text("ann:secret");

        _channel.WriteInbound(login);
        _channel.WriteInbound("list");

        Assert.Null(_channel.Pipeline.Get<LoginHandler>());
        Assert.Equal("ann", _channel.GetAttribute(LoginHandler.UserKey).Get().Name);
        Assert.Equal("hello ann", _channel.ReadOutbound<string>());
        Assert.Equal(["CommandLogHandler#0: logged in", "CommandLogHandler#0: list (last)", "CommandLogHandler#0: length 4"], _log.Events);
        Assert.Equal(0, login.ReferenceCount);
    }

    [Fact]
    public void A_wrong_password_closes_the_connection()
    {
        _channel.WriteInbound(Text("ann:guess"));

        Assert.False(_channel.Open);
        Assert.Equal(["CommandLogHandler#0: ann failed"], _log.Events);
    }

    [Fact]
    public void Who_is_idle_is_asked_and_then_dropped()
    {
        _channel.WriteInbound(Text("ann:secret"));
        _channel.ReadOutbound<string>();

        _channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));
        string question = _channel.ReadOutbound<string>();
        bool openAfterOne = _channel.Open;
        _channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));

        Assert.Equal(("are you still there, ann?", true, false), (question, openAfterOne, _channel.Open));
    }

    private static IByteBuffer Text(string text) => Unpooled.CopiedBuffer(text, Encoding.UTF8);
}
