using System.Reflection;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using Xunit.Abstractions;

namespace DotNetty.Compatibility.Tests.Surface;

public sealed class SurfaceTests(ITestOutputHelper output)
{
    private static readonly Assembly[] Ours =
    [
        typeof(IReferenceCounted).Assembly,
        typeof(IByteBuffer).Assembly,
        typeof(IChannel).Assembly,
        typeof(ByteToMessageDecoder).Assembly,
        typeof(TlsHandler).Assembly,
    ];

    [Fact]
    public void The_contract_is_kept_but_for_what_the_list_says()
    {
        using StreamReader contract = Resource("dotnetty-api.txt");
        using StreamReader missing = Resource("missing.txt");
        var comparison = new SurfaceComparison(ContractReader.Read(contract), Ours.SelectMany(SurfaceReader.Read));

        IReadOnlyList<string> faults = MissingList.Read(missing).Faults(comparison.Gaps());

        foreach (string note in comparison.Notes())
            output.WriteLine(note);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void Every_line_of_the_contract_is_read()
    {
        using StreamReader text = Resource("dotnetty-api.txt");
        using StreamReader again = Resource("dotnetty-api.txt");
        string[] indented = [.. again.ReadToEnd().Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal))];

        IReadOnlyList<ApiType> types = ContractReader.Read(text);

        Assert.Equal(indented.Count(line => line[2] != ' '), types.Count);
        Assert.Equal(indented.Count(line => line[2] == ' '), types.Where(t => t.Kind != "delegate").Sum(t => t.Members.Count));
    }

    private static StreamReader Resource(string name) => new(typeof(SurfaceTests).Assembly.GetManifestResourceStream(name)!);
}
