using DotNetty.Transport.Channels;

namespace Acme.Requests;

/// <summary>Works elsewhere and answers from there.</summary>
public class RequestHandler : SimpleChannelInboundHandler<Request>
{
    private readonly Func<string, Task<string>> _work;

    public RequestHandler(Func<string, Task<string>> work)
    {
        _work = work;
    }

    protected override void ChannelRead0(IChannelHandlerContext ctx, Request msg)
    {
        Task.Run(() => _work(msg.Text)).ContinueWith(task =>
        {
            var response = new Response { Id = msg.Id };
            if (task.IsFaulted)
            {
                response.Failed = true;
                response.Text = task.Exception?.GetBaseException().Message ?? "?";
            }
            else
            {
                response.Text = task.Result;
            }

            return ctx.WriteAndFlushAsync(response);
        }).Unwrap().ContinueWith(
            task => ctx.Channel.Pipeline.FireExceptionCaught(task.Exception?.GetBaseException()),
            TaskContinuationOptions.OnlyOnFaulted);
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        context.CloseAsync();
    }
}
