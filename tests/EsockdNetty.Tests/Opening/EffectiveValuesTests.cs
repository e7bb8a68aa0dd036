using System.Threading.RateLimiting;
using EsockdNetty.Tests.Control.Probing;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>The line at a listener's start, and that of a change, tell every value that is set: whoever reads the log need not see the program.</summary>
public sealed class EffectiveValuesTests
{
    private const int Started = 100;
    private const int Changed = 107;

    // What the options are that a running listener cannot change; where it listens stands before the values.
    private static readonly Dictionary<string, Action<ListenerOptions>> Chosen = new()
    {
        ["Acceptors"] = static options => options.Acceptors = 2,
        ["OnListening"] = static options => options.OnListening = static _ => Task.CompletedTask,
        ["Limits:PerAddress:IPv6Prefix"] = static options => options.Limits.PerAddress = new PerAddressOptions(9) { IPv6Prefix = 48 },
        ["Limits:RateLimiter"] = static options => options.Limits.RateLimiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 }),
    };

    private readonly LogLines _log = new();

    public static TheoryData<string> Changeable => [.. Probes.All.Where(static probe => probe.Remedy is null).Select(static probe => probe.Path)];

    public static TheoryData<string> Fixed => [.. Probes.CannotChange.Keys.Where(static path => path != "Address")];

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task A_value_that_is_changed_stands_in_the_line_of_the_change(string path)
    {
        Probe probe = Probes.Of(path);
        await using OneListener server = await Open(probe.Opened);
        string before = Line(Started);

        server.Listener.Update(probe.Change);

        Assert.NotEqual(before, Line(Changed));
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public async Task A_value_that_is_chosen_stands_in_the_line_of_the_start(string path)
    {
        await using (await Open(static options => options.Limits.PerAddress = new PerAddressOptions(9)))
        {
        }

        string before = Line(Started);
        await using OneListener server = await Open(options =>
        {
            options.Limits.PerAddress = new PerAddressOptions(9);
            Chosen[path](options);
        });

        Assert.NotEqual(before, Line(Started));
    }

    [Fact]
    public async Task What_is_off_is_not_named()
    {
        await using OneListener server = await Open(static _ => { });

        Assert.Matches(
            @"^packet raw, max frame 1048576, max connections \d+ \(Refuse\), max pending \d+, backlog 1024, idle 120 s, frame 10 s, send 30 s, "
            + @"max pending write 4194304 \(Reset\), water marks 32768 and 65536, refusal by reset$",
            Line(Started));
    }

    [Fact]
    public async Task A_long_list_of_rules_is_told_by_its_first_and_their_number()
    {
        await using OneListener server = await Open(static options =>
        {
            for (int i = 0; i < 1000; i++)
            {
                options.Access.Add($"deny 203.0.{i / 250}.{i % 250}");
            }
        });

        Assert.EndsWith("deny 203.0.0.7 and 992 more", Line(Started), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_of_a_changed_server_tells_what_bans_whom_and_whom_never()
    {
        await using OneListener server = await Open(static _ => { });

        server.Server.Update(static options =>
        {
            options.Bans.BadFraming = 5;
            options.Bans.NeverBan.Add("10.0.0.0/8");
            options.Overload.Reason = static () => null;
        });

        Assert.Contains(" and for reasons of the application's, bans at 10 points within 60 s for 600 s (bad framing 5), never banned 10.0.0.0/8", Line(111), StringComparison.Ordinal);
    }

    private Task<OneListener> Open(Action<ListenerOptions> configure) => OneListener.Open(OneListener.Echo, configure, new SocketServerOptions { LoggerFactory = _log, Loops = 2 });

    // Behind the address, whose port the system chooses anew.
    private string Line(int id) => _log.All.Last(line => line.Id == id).Text.Split(": ", 2)[1];
}
