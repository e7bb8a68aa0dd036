#nullable disable
namespace DotNetty.Transport.Channels;

/// <inheritdoc cref="ChannelOption"/>
public sealed class ChannelOption<T> : ChannelOption
{
    internal ChannelOption(int id, string name)
        : base(id, name)
    {
    }

    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Validate(T value)
    {
        if (value is null)
        {
            throw new ArgumentNullException(nameof(value), $"The option {Name} takes no null.");
        }
    }

    public override bool Set(IChannelConfiguration configuration, object value) => configuration.SetOption(this, (T)value);
}
