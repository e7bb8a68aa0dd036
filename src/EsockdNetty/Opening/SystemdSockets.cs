using System.Globalization;
using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>
/// The sockets that systemd, or another who speaks its protocol, handed to the process (sd_listen_fds(3)): <c>LISTEN_FDS</c> of them from
/// descriptor 3 on, for the process <c>LISTEN_PID</c>, with the names <c>LISTEN_FDNAMES</c>.
/// </summary>
internal sealed class SystemdSockets
{
    private const int First = 3;
    private const int Most = 64 * 1024;

    // What sd_listen_fds_with_names(3) calls those without a name.
    private const string NoName = "unknown";

    private static readonly string[] Variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];
    private static readonly Lazy<SystemdSockets> Process = new(ReadProcess);

    private readonly string[] _names;
    private readonly string _fault;

    private SystemdSockets(string[] names, string fault = "")
    {
        _names = names;
        _fault = fault;
    }

    /// <summary>Those of this process, read when somebody first asks; the variables are gone then, so that no child takes them for its own.</summary>
    public static SystemdSockets OfProcess => Process.Value;

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    public static SystemdSockets Read(Func<string, string?> variable, int processId)
    {
        if (variable("LISTEN_FDS") is not { Length: > 0 } countText || variable("LISTEN_PID") is not { Length: > 0 } process)
        {
            return new SystemdSockets([], "no sockets were handed in: start the program by systemd with a socket unit, or use another address");
        }

        if (process != processId.ToString(CultureInfo.InvariantCulture))
        {
            return new SystemdSockets([], $"the sockets were handed to process {process}, and this one is {processId}: start the program itself by systemd, with no script between that lives on");
        }

        if (!int.TryParse(countText, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is 0 or > Most)
        {
            return new SystemdSockets([], $"LISTEN_FDS is '{countText}', which is no number of sockets");
        }

        string[] names = variable("LISTEN_FDNAMES")?.Split(':') ?? [.. Enumerable.Repeat(NoName, count)];
        return names.Length == count
            ? new SystemdSockets(names)
            : new SystemdSockets([], $"LISTEN_FDNAMES has {names.Length} names where LISTEN_FDS says {count}");
    }

    /// <summary>The descriptor of that name; if there is not exactly one, <paramref name="remedy"/> says so.</summary>
    public bool TryFind(string name, out int descriptor, out string remedy)
    {
        int[] found = [.. Enumerable.Range(0, Count).Where(place => _names[place] == name).Select(static place => First + place)];
        descriptor = found is [var only] ? only : -1;
        remedy = (_fault, found) switch
        {
            ({ Length: > 0 }, _) => _fault,
            (_, []) => $"no socket of that name was handed in, only {string.Join(", ", _names.Distinct())}: use one of these, or set FileDescriptorName= in the socket unit",
            (_, [_]) => "",
            _ => $"{found.Length} sockets of that name were handed in: give each a name of its own (FileDescriptorName=), or use {string.Join(" or ", found.Select(static number => $"fd://{number}"))}",
        };
        return remedy.Length == 0;
    }

    private static SystemdSockets ReadProcess()
    {
        SystemdSockets sockets = Read(Environment.GetEnvironmentVariable, Environment.ProcessId);
        Array.ForEach(Variables, static variable => Environment.SetEnvironmentVariable(variable, null));
        for (int place = 0; place < sockets.Count; place++)
        {
            Descriptors.KeepFromChildren(First + place);
        }

        return sockets;
    }
}
