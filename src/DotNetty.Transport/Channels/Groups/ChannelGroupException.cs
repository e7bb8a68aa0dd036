#nullable disable
using System.Collections;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>An operation on a group failed for some of its members: enumerates them, each with its cause.</summary>
public class ChannelGroupException : ChannelException, IEnumerable<KeyValuePair<IChannel, Exception>>
{
    private readonly IReadOnlyCollection<KeyValuePair<IChannel, Exception>> _failures;

    /// <exception cref="ArgumentException">There are none.</exception>
    public ChannelGroupException(IList<KeyValuePair<IChannel, Exception>> exceptions)
        : base(Describe(exceptions), exceptions[0].Value) =>
        _failures = [.. exceptions];

    public IEnumerator<KeyValuePair<IChannel, Exception>> GetEnumerator() => _failures.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Describe(IList<KeyValuePair<IChannel, Exception>> exceptions)
    {
        ArgumentNullException.ThrowIfNull(exceptions);
        if (exceptions.Count == 0)
        {
            throw new ArgumentException("No member failed.", nameof(exceptions));
        }

        return $"The operation failed for {exceptions.Count} channels of the group, first for {exceptions[0].Key}: {exceptions[0].Value.Message}";
    }
}
