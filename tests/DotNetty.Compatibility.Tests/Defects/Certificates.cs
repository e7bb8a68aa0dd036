using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>The repository's development certificates.</summary>
internal static class Certificates
{
    private static readonly string Folder = Find();

    public static X509Certificate2 Authority { get; } = X509CertificateLoader.LoadCertificateFromFile(At("ca.pem"));

    public static X509Certificate2 Server { get; } = X509CertificateLoader.LoadPkcs12FromFile(At("server.pfx"), "");

    public static X509Certificate2 Client { get; } = X509CertificateLoader.LoadPkcs12FromFile(At("client.pfx"), "");

    private static string At(string name) => Path.Combine(Folder, name);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "certs");
    }
}
