using System.CommandLine;
using System.Security.Authentication;
using EsockdNetty;
using EsockdNetty.Codecs;

namespace EchoServer;

/// <summary>What the arguments came to: options to serve with, a text to print, or the one line that says what is wrong. Exactly one is not null.</summary>
internal sealed record CommandLine(EchoServerOptions? Options = null, string? Help = null, string? Fault = null)
{
    // An argument that begins with @ is a value like any other, not a file of further arguments.
    private static readonly ParserConfiguration AsWritten = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static CommandLine Parse(string[] arguments)
    {
        ParseResult parsed = CommandLineOptions.Command.Parse(arguments, AsWritten);
        if (parsed.GetResult(CommandLineOptions.Help) is not null)
            return new CommandLine(Help: HelpText(parsed));

        var reader = new OptionReader(parsed);
        reader.RefuseUnknown();
        reader.Refuse(CommandLineOptions.NotYet, "not yet available; leave it out");
        EchoServerOptions options = Read(reader);
        return reader.Fault is { } fault ? new CommandLine(Fault: fault) : new CommandLine(options);
    }

    private static EchoServerOptions Read(OptionReader reader)
    {
        var defaults = new EchoServerOptions();
        string? certificate = reader.One<string?>(CommandLineOptions.Certificate, OptionValues.File, null);
        string? key = reader.One<string?>(CommandLineOptions.Key, OptionValues.File, null);
        if (key is not null && certificate is null)
            reader.Report(CommandLineOptions.Key, key, "given without --cert; name the certificate it belongs to");

        return new EchoServerOptions
        {
            Listen = reader.Many<string>(CommandLineOptions.Listen, OptionValues.Address, defaults.Listen),
            Packet = reader.One<PacketType>(CommandLineOptions.Packet, OptionValues.Packet, defaults.Packet),
            MaxFrame = reader.One<int?>(CommandLineOptions.MaxFrame, OptionValues.FrameSize, null),
            MaxConnections = reader.One<int?>(CommandLineOptions.MaxConnections, OptionValues.Count, null),
            WaitOverLimit = reader.One<bool>(CommandLineOptions.OverLimit, OptionValues.OverLimit, false),
            MaxRate = reader.One<int?>(CommandLineOptions.MaxRate, OptionValues.Count, null),
            MaxPerAddress = reader.One<int?>(CommandLineOptions.MaxPerAddress, OptionValues.Count, null),
            Access = reader.Many<string>(CommandLineOptions.Access, OptionValues.Access, defaults.Access),
            Acceptors = reader.One<int?>(CommandLineOptions.Acceptors, OptionValues.Loops, null),
            Certificate = certificate,
            Key = key,
            ClientAuthorities = reader.One<string?>(CommandLineOptions.ClientAuthorities, OptionValues.File, null),
            Tls = reader.One<SslProtocols?>(CommandLineOptions.Tls, OptionValues.TlsVersions, null),
            Alpn = reader.Many<string>(CommandLineOptions.Alpn, OptionValues.Alpn, defaults.Alpn),
            IdleTimeout = reader.One<TimeSpan?>(CommandLineOptions.IdleTimeout, OptionValues.Seconds, null),
            FrameTimeout = reader.One<TimeSpan?>(CommandLineOptions.FrameTimeout, OptionValues.Seconds, null),
            HandshakeTimeout = reader.One<TimeSpan?>(CommandLineOptions.HandshakeTimeout, OptionValues.Seconds, null),
            SendTimeout = reader.One<TimeSpan?>(CommandLineOptions.SendTimeout, OptionValues.Seconds, null),
            DrainTimeout = reader.One<TimeSpan?>(CommandLineOptions.DrainTimeout, OptionValues.Seconds, null),
            Transport = reader.One<SocketTransport>(CommandLineOptions.Transport, OptionValues.Transport, SocketTransport.Automatic),
            Loops = reader.One<int?>(CommandLineOptions.Loops, OptionValues.Loops, null),
            Spin = reader.One<bool?>(CommandLineOptions.Spin, OptionValues.OnOrOff, null),
            WhoAmI = reader.IsGiven(CommandLineOptions.WhoAmI),
            Stats = reader.One<TimeSpan?>(CommandLineOptions.Stats, OptionValues.Seconds, null),
            Check = reader.IsGiven(CommandLineOptions.Check),
        };
    }

    private static string HelpText(ParseResult parsed)
    {
        using var text = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = text });
        return text.ToString();
    }
}
