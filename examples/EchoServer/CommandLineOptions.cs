using System.CommandLine;
using System.CommandLine.Help;

namespace EchoServer;

/// <summary>The options by name, as --help shows them.</summary>
internal static class CommandLineOptions
{
    public static readonly HelpOption Help = new();

    public static readonly Option<string[]> Listen = New("--listen", "URI", "tcp://, ssl:// (or tls://) HOST:PORT, unix:///PATH, or a socket handed in: fd://N, systemd://NAME (with TLS ssl+fd://, ssl+systemd://); IPv6 in brackets; port 0 picks one; may be repeated [tcp://127.0.0.1:5000 and ssl://127.0.0.1:5001]");
    public static readonly Option<string[]> Packet = New("--packet", "MODE", "raw, 1, 2, 4, 2le, 4le or line [raw]");
    public static readonly Option<string[]> MaxFrame = New("--max-frame", "BYTES", "largest frame taken from a client [1048576]");
    public static readonly Option<string[]> MaxConnections = New("--max-connections", "N", "live connections of each listener [by descriptors and memory: --check tells]");
    public static readonly Option<string[]> OverLimit = New("--over-limit", "refuse|wait", "what a client over --max-connections meets [refuse]");
    public static readonly Option<string[]> MaxRate = New("--max-rate", "N", "connections a second of each listener [as they come]");
    public static readonly Option<string[]> MaxPerAddress = New("--max-per-address", "N", "live connections of one client address [as many as it likes]");
    public static readonly Option<string[]> Access = New("--access", "RULE", "allow or deny, then an address, a CIDR block, all or unix; may be repeated, the first that matches decides [everybody]");
    public static readonly Option<string[]> Acceptors = New("--acceptors", "N", "sockets that share each port, each accepting for a loop of its own [1, for all loops]");
    public static readonly Option<string[]> Certificate = New("--cert", "FILE", "the server's certificate, PEM or PFX [certs/server.pem beside the program]");
    public static readonly Option<string[]> Key = New("--key", "PEM", "its private key, when the certificate's file does not hold it");
    public static readonly Option<string[]> ClientAuthorities = New("--client-ca", "PEM", "require a client certificate signed by one of these authorities [none required]");
    public static readonly Option<string[]> Tls = New("--tls", "VERSIONS", "1.2, 1.3 or both [1.2,1.3]");
    public static readonly Option<string[]> Alpn = New("--alpn", "PROTOCOL", "an application protocol to offer; may be repeated, best first [none]");
    public static readonly Option<string[]> IdleTimeout = New("--idle-timeout", "S", "seconds without a byte from a client before it is closed [120]");
    public static readonly Option<string[]> FrameTimeout = New("--frame-timeout", "S", "seconds a frame may take from its first byte [10]");
    public static readonly Option<string[]> HandshakeTimeout = New("--handshake-timeout", "S", "seconds a TLS handshake may take [10]");
    public static readonly Option<string[]> SendTimeout = New("--send-timeout", "S", "seconds a byte may wait to be sent [30]");
    public static readonly Option<string[]> DrainTimeout = New("--drain-timeout", "S", "seconds connections have to end after SIGTERM or SIGINT [10]");
    public static readonly Option<string[]> Loops = New("--loops", "N", "event loops [one per core]");
    public static readonly Option<string[]> Transport = New("--transport", "epoll|sockets", "what carries the bytes [epoll on Linux, else sockets]");
    public static readonly Option<string[]> Spin = New("--spin", "on|off", "look for events for some microseconds before a loop sleeps [on, where a processor is to spare]");

    public static readonly Option WhoAmI = NewFlag("--whoami", "answer the payload WHOAMI with ADDR:PORT of the client");
    public static readonly Option<string[]> Stats = New("--stats", "S", "show figures of each listener on stderr every S seconds: a table on a terminal, else lines [off]");
    public static readonly Option Check = NewFlag("--check", "print the machine's limits beside what the options need, and exit: 2 when one is short");

    /// <summary>Known by name, so that they are told from a slip of the pen.</summary>
    public static readonly IReadOnlyList<Option> NotYet =
    [
        NewHidden("--proxy-protocol"), NewHidden("--trusted-proxy"),
    ];

    public static readonly Command Command = NewCommand();

    private static Command NewCommand()
    {
        var command = new Command("EchoServer", "Sends every client back what it sends. Runs until SIGTERM or SIGINT.");
        Option[] shown =
        [
            Listen, Packet, MaxFrame, MaxConnections, OverLimit, MaxRate, MaxPerAddress, Access, Acceptors, Certificate, Key, ClientAuthorities, Tls, Alpn,
            IdleTimeout, FrameTimeout, HandshakeTimeout, SendTimeout, DrainTimeout, Loops, Transport, Spin, WhoAmI, Stats, Check, Help,
        ];
        foreach (Option option in shown.Concat(NotYet))
            command.Options.Add(option);
        return command;
    }

    // Any number of values as far as the parser goes: the reader counts them, and says what is wrong in our words.
    private static Option<string[]> New(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.ZeroOrMore };

    private static Option<bool> NewFlag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    private static Option<string[]> NewHidden(string name) => new(name) { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
}
