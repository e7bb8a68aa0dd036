namespace EsockdNetty.Opening;

/// <summary>One limit of the machine beside what a server needs of it.</summary>
/// <param name="Limit">Its name, as the system calls it.</param>
/// <param name="Is">What it is; "unknown" where the system does not tell, "none" where there is no limit.</param>
/// <param name="Needed">What the options need; "-" where they need nothing of it.</param>
/// <param name="IsShort">It is lower than that.</param>
/// <param name="Remedy">What to do about it; empty when it is enough.</param>
public sealed record LimitCheck(string Limit, string Is, string Needed, bool IsShort, string Remedy);
