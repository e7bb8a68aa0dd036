namespace EsockdNetty.Accepting.Access;

/// <summary>What an <see cref="AccessRule"/> says of those it matches.</summary>
public enum AccessVerdict
{
    /// <summary>They may connect.</summary>
    Allow,

    /// <summary>They may not.</summary>
    Deny,
}
