#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Looking handlers up.</summary>
public partial class DefaultChannelPipeline
{
    public IChannelHandler First() => FirstContext()?.Handler;

    public IChannelHandlerContext FirstContext() => _head.Next == _tail ? null : _head.Next;

    public IChannelHandler Last() => LastContext()?.Handler;

    public IChannelHandlerContext LastContext() => _tail.Prev == _head ? null : _tail.Prev;

    public IChannelHandler Get(string name) => Context(name)?.Handler;

    public T Get<T>()
        where T : class, IChannelHandler
        => (T)Context<T>()?.Handler;

    public IChannelHandlerContext Context(IChannelHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        // Walked here: every connection takes its initializer out by this, and an enumerator with its condition would be 144 bytes of garbage.
        ChannelHandlerContext context = _head.Next;
        while (context != _tail && context.Handler != handler)
        {
            context = context.Next;
        }

        return context == _tail ? null : context;
    }

    public IChannelHandlerContext Context(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_tail)
        {
            return Contexts().FirstOrDefault(context => context.Name == name);
        }
    }

    public IChannelHandlerContext Context<T>()
        where T : class, IChannelHandler
        => Contexts().FirstOrDefault(static context => context.Handler is T);

    private ChannelHandlerContext Required(IChannelHandler handler) =>
        (ChannelHandlerContext)Context(handler) ?? throw new ArgumentException($"The pipeline has no such handler: {handler.GetType().Name}.", nameof(handler));

    private ChannelHandlerContext Required(string name) =>
        (ChannelHandlerContext)Context(name) ?? throw new ArgumentException($"The pipeline has no handler named '{name}'.", nameof(name));

    private ChannelHandlerContext Required<T>()
        where T : class, IChannelHandler
        => (ChannelHandlerContext)Context<T>() ?? throw new ArgumentException($"The pipeline has no handler of type {typeof(T).Name}.");
}
