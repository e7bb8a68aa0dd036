using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting;

/// <summary>
/// How many connections that one server channel refused have not ended yet. No gate counts them, and who is refused costs nothing to make: without a
/// bound they would hold a descriptor each for as long as a close in order takes. Any thread.
/// </summary>
internal sealed class LingeringRefusals : IPermitSource
{
    private static readonly AttributeKey<LingeringRefusals> Kept = AttributeKey<LingeringRefusals>.ValueOf(typeof(LingeringRefusals), nameof(Kept));

    private int _count;

    /// <summary>Those of a server channel.</summary>
    public static LingeringRefusals Of(IChannel server)
    {
        IAttribute<LingeringRefusals> attribute = server.GetAttribute(Kept);
        if (attribute.Get() is { } kept)
        {
            return kept;
        }

        var made = new LingeringRefusals();
        return attribute.SetIfAbsent(made) ?? made;
    }

    /// <summary>Counts a connection until it has closed.</summary>
    /// <returns>False when there are as many as there may be, or it has closed.</returns>
    public bool TryKeep(IChannel child)
    {
        if (Interlocked.Increment(ref _count) > Refusal.MostLingering)
        {
            Release();
            return false;
        }

        return ConnectionLease.Of(child).Add(this);
    }

    /// <inheritdoc/>
    public void Release() => Interlocked.Decrement(ref _count);
}
