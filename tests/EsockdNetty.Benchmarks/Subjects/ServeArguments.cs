using System.Globalization;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The arguments of <c>serve</c>, written and read.</summary>
internal sealed record ServeArguments(ServerKind Kind, ServeOptions Options, bool Spin = true)
{
    public const string Usage =
        "serve esockd-epoll|esockd-sockets|kestrel|socket-loop [--framing raw|packet2|packet4] [--tls] [--loops N] [--await-writes] [--no-spin]";

    /// <summary>The arguments that <see cref="Parse"/> reads as this.</summary>
    public IReadOnlyList<string> Text =>
    [
        NameOf(Kind),
        "--framing", NameOf(Options.Framing),
        "--loops", Options.Loops.ToString(CultureInfo.InvariantCulture),
        .. Options.Tls ? ["--tls"] : Array.Empty<string>(),
        .. Options.AwaitWrites ? ["--await-writes"] : Array.Empty<string>(),
        .. Spin ? Array.Empty<string>() : ["--no-spin"],
    ];

    public static string NameOf(Framing framing) => framing switch
    {
        Framing.Packet2 => "packet2",
        Framing.Packet4 => "packet4",
        _ => "raw",
    };

    public static string NameOf(ServerKind kind) => kind switch
    {
        ServerKind.EsockdEpoll => "esockd-epoll",
        ServerKind.EsockdSockets => "esockd-sockets",
        ServerKind.Kestrel => "kestrel",
        _ => "socket-loop",
    };

    /// <summary>What the arguments ask for; null when they are wrong.</summary>
    public static ServeArguments? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || Find<ServerKind>(arguments[0], NameOf) is not { } kind)
            return null;

        ServeArguments? read = new(kind, new ServeOptions(Framing.Raw, Tls: false, Loops: 1, AwaitWrites: false));
        for (int i = 1; i < arguments.Count && read is not null; i++)
        {
            bool hasValue = arguments[i] is "--framing" or "--loops";
            read = read.With(arguments[i], hasValue && i + 1 < arguments.Count ? arguments[i + 1] : "");
            i += hasValue ? 1 : 0;
        }

        return read;
    }

    private ServeArguments? With(string name, string value) => name switch
    {
        "--framing" when Find<Framing>(value, NameOf) is { } framing => this with { Options = Options with { Framing = framing } },
        "--loops" when int.TryParse(value, out int loops) && loops > 0 => this with { Options = Options with { Loops = loops } },
        "--tls" => this with { Options = Options with { Tls = true } },
        "--await-writes" => this with { Options = Options with { AwaitWrites = true } },
        "--no-spin" => this with { Spin = false },
        _ => null,
    };

    private static T? Find<T>(string name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
            if (nameOf(value) == name)
                return value;

        return null;
    }
}
