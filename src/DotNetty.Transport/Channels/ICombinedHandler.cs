namespace DotNetty.Transport.Channels;

/// <summary>A handler that stands for others: what those take part in is known a handler, not a type.</summary>
internal interface ICombinedHandler
{
    /// <summary>The events the handlers it stands for take part in; see <see cref="HandlerMask"/>.</summary>
    int InnerMask { get; }
}
