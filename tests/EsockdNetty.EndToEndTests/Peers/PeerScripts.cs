namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>The scripts in other languages, as they stand beside the tests.</summary>
internal static class PeerScripts
{
    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", "Scripts", name);
}
