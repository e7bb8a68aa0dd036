using System.Net;

namespace EsockdNetty.Accepting.Bans;

/// <summary>A ban that is in force.</summary>
/// <param name="Block">Who is banned: an address, an IPv6 prefix or a larger block.</param>
/// <param name="Remaining">For how long from now.</param>
/// <param name="Reason">Why, in the words of whoever banned it.</param>
public sealed record Ban(IPNetwork Block, TimeSpan Remaining, string Reason);
