using System.Reflection;
using System.Text.RegularExpressions;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Control.Probing;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Repository;

/// <summary>What README's tables name in code font is there: options, members, counters, instruments, reasons.</summary>
public sealed partial class ReadmeTablesTests
{
    private static readonly ReadmeTable Control = ReadmeTable.Below("## Limits and control");
    private static readonly ReadmeTable Tuning = ReadmeTable.Below("## Tuning");
    private static readonly ReadmeTable Instruments = ReadmeTable.Below("## Observe");
    private static readonly Type[] Exported = [.. new[] { typeof(Listener), typeof(Codecs.PacketType) }.SelectMany(static type => type.Assembly.GetExportedTypes())];

    // esockd's word, which is explained by what follows.
    private static readonly string[] OfOthers = ["getstat"];

    [Fact]
    public void The_tables_are_found() => Assert.Equal((true, true, true), (Control.Rows >= 9, Tuning.Rows >= 9, Instruments.Rows >= 5));

    [Fact]
    public void What_it_says_is_fixed_is_what_cannot_be_changed()
    {
        string[] named = Support.Repository.Read("README.md").Split("Fixed are ")[1].Split(": open another")[0].Split('`');

        Assert.Equal(Probes.CannotChange.Keys.Order(), named.Where(static (_, place) => place % 2 == 1).Order());
    }

    [Fact]
    public void Every_option_that_is_set_exists()
    {
        (string Text, Type Options, string Path)[] all = [.. Control.All.SelectMany(SetIn)];

        Assert.True(all.Length >= 15, "The options are not found.");
        Assert.All(all, static option => Assert.True(Find(option.Options, option.Path.Split(':')), $"{option.Path} of `{option.Text}`"));
    }

    [Fact]
    public void Every_path_of_an_option_exists()
    {
        string[] all = [.. Tuning.All.Where(static text => OptionPath().IsMatch(text))];

        Assert.True(all.Length >= 6, "The options are not found.");
        Assert.All(all, static path => Assert.True(
            path.StartsWith("Server:", StringComparison.Ordinal)
                ? Find(typeof(SocketServerOptions), path.Split(':')[1..])
                : Find(typeof(ListenerOptions), path.Split(':')),
            path));
    }

    [Fact]
    public void Every_member_and_type_exists()
    {
        string[] all =
        [
            .. Control.Column(1).SelectMany(static text => Member().Matches(text).Select(static match => match.Value)).Except(OfOthers),
            .. Tuning.Column(1).Where(static text => text.All(char.IsAsciiLetter)),
        ];

        Assert.True(all.Length >= 15, "The members are not found.");
        Assert.All(all, static member => Assert.True(IsMember(member.Split('.')), member));
    }

    [Fact]
    public void Every_address_can_be_listened_at() =>
        Assert.All(Control.All.Where(static text => text.Contains("://", StringComparison.Ordinal)), static address => Assert.True(ListenAddress.TryParse(address, out _), address));

    [Fact]
    public async Task Every_counter_is_a_statistic_or_an_instrument()
    {
        using var measured = new Measured();
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { MeterFactory = measured });
        string[] all = [.. Tuning.Column(2)];

        Assert.True(all.Length >= 15, "The counters are not found.");
        Assert.All(all, counter => Assert.True(measured.Units.ContainsKey(counter) || IsStatistic(counter) || Exported.Any(type => type.Name == counter), counter));
    }

    [Fact]
    public async Task Every_instrument_is_told_of_and_no_other()
    {
        using var measured = new Measured();
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { MeterFactory = measured });

        // The second and further of a line leave out what they have in common.
        IEnumerable<string> told = Instruments.Column(0).Select(static name => name.StartsWith('.') ? $"esockd.connections{name}" : name);

        Assert.Equal(measured.Units.Keys.Order(), told.Order());
    }

    [Fact]
    public void Every_reason_is_one()
    {
        string[] words = [.. Enum.GetValues<RefusalReason>().Select(ReasonWords.Word), .. Enum.GetValues<CloseReason>().Select(ReasonWords.Word)];

        Assert.All(Tuning.Column(0), reason => Assert.Contains(reason, words));
    }

    // An initializer names an option by the braces it stands in, an assignment by its dots.
    private static IEnumerable<(string Text, Type Options, string Path)> SetIn(string text)
    {
        bool isOfServer = text.StartsWith(nameof(SocketServerOptions), StringComparison.Ordinal) || text.StartsWith("server.Update", StringComparison.Ordinal);
        Type options = isOfServer ? typeof(SocketServerOptions) : typeof(ListenerOptions);
        var groups = new Stack<string>();
        foreach (Match match in Assignment().Matches(text))
        {
            if (match.Value == "}")
            {
                groups.Pop();
                continue;
            }

            string name = match.Groups["name"].Value.Replace($"{nameof(SocketServerOptions)}.", "", StringComparison.Ordinal);
            string path = string.Join(':', groups.Reverse().Append(name.StartsWith("o.", StringComparison.Ordinal) ? name[2..].Replace('.', ':') : name).Where(static part => part.Length > 0));
            if (match.Groups["open"].Success)
            {
                groups.Push(name);
            }

            if (name.Length > 0)
            {
                yield return (text, options, path);
            }
        }
    }

    private static bool Find(Type? options, string[] names)
    {
        foreach (string name in names)
        {
            options = options?.GetProperty(name)?.PropertyType;
        }

        return options is not null;
    }

    private static bool IsMember(string[] names) => names switch
    {
        ["listener", .. var path] => Has(typeof(Listener), path),
        ["server", .. var path] => Has(typeof(SocketServer), path),
        [var name] => Exported.Any(type => type.Name == name || Has(type, [name])),
        [var type, .. var path] => Has(Exported.FirstOrDefault(exported => exported.Name == type), path),
        _ => false,
    };

    private static bool Has(Type? type, string[] path) => path switch
    {
        [] => type is not null,
        [var last] => type?.GetMember(last).Length > 0,
        [var property, .. var rest] => Has(type?.GetProperty(property)?.PropertyType, rest),
    };

    private static bool IsStatistic(string counter)
    {
        string[] parts = counter.TrimEnd(']').Split('[');
        PropertyInfo? statistic = typeof(ListenerStatistics).GetProperty(parts[0]);
        return parts.Length == 1 ? statistic is not null : statistic is not null && Enum.IsDefined(statistic.PropertyType.GetGenericArguments()[0], parts[1]);
    }

    [GeneratedRegex(@"^[A-Z]\w+(:[A-Z]\w+)+$")]
    private static partial Regex OptionPath();

    [GeneratedRegex(@"(?<name>[A-Za-z.]*)(?: = )?(?<open>\{)|(?<name>[A-Za-z.]+) = |\}")]
    private static partial Regex Assignment();

    // A name that is called or stands alone, and the type of what is made; not what is set, nor what stands in quotes.
    [GeneratedRegex(@"(?:^|(?<=new ))(?!new\b)[A-Za-z.]+(?=\(|$)")]
    private static partial Regex Member();
}
