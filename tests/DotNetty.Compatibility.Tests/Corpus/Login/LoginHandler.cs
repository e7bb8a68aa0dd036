using System.Text;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace Acme.Login;

/// <summary>Lets nothing pass until the first message was the password, then takes itself out.</summary>
public class LoginHandler : ChannelHandlerAdapter
{
    public static readonly AttributeKey<User> UserKey = AttributeKey<User>.ValueOf("acme.user");

    private readonly string _password;

    public LoginHandler(string password) => _password = password;

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        try
        {
            var buffer = (IByteBuffer)message;
            string name = ReadUpTo(buffer, (byte)':');
            string password = buffer.ToString(Encoding.UTF8);
            if (password != _password)
            {
                context.FireUserEventTriggered(new LoginFailed(name));
                context.CloseAsync();
                return;
            }

            context.Channel.GetAttribute(UserKey).Set(new User(name, context.Channel.RemoteAddress));
            IChannelPipeline pipeline = context.Channel.Pipeline;
            pipeline.AddFirst("greeter", new GreeterHandler());
            if (pipeline.Get<CommandLogHandler>() == null)
            {
                pipeline.AddLast("log", new CommandLogHandler());
            }

            pipeline.Remove(this);
            pipeline.FirstContext().FireUserEventTriggered("logged in");
        }
        finally
        {
            ReferenceCountUtil.Release(message);
        }
    }

    private static string ReadUpTo(IByteBuffer buffer, byte delimiter)
    {
        int end = buffer.IndexOf(buffer.ReaderIndex, buffer.WriterIndex, delimiter);
        if (end < 0)
        {
            return "";
        }

        string text = buffer.ReadString(end - buffer.ReaderIndex, Encoding.UTF8);
        buffer.SetReaderIndex(end + 1);
        return text;
    }
}
