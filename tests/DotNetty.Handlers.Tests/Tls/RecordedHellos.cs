namespace DotNetty.Handlers.Tests.Tls;

/// <summary>First flights as SslStream once sent them, with the name localhost: the same bytes in every run.</summary>
internal static class RecordedHellos
{
    private const string OfBothVersions =
        "FgMBARUBAAERAwNnZvRTCdi7RPn61+j8vEDLZI6GIu7881Fedgd3zFTaeyDqfdGnfuUgbb9cLWc1p5RedbNLqWcMvLo15oHwOxQiNgAYEwITAxMBwCzAK8Aw" +
        "wC/AJMAjwCjAJwD/AQAAsAAAAA4ADAAACWxvY2FsaG9zdAALAAQDAAECAAoAFgAUAB0AFwAeABkAGAEAAQEBAgEDAQQAIwAAAAUABQEAAAAAABYAAAAXAAAA" +
        "DQAqACgEAwUDBgMIBwgICAkICggLCAQIBQgGBAEFAQYBAwMDAQMCBAIFAgYCACsABQQDBAMDAC0AAgEBADMAJgAkAB0AIMHFkNe3yzfwyNBU5Gkq61vgkQCc" +
        "t4omt+3FDZ29S8lI";

    private const string OfVersion12 =
        "FgMBAKwBAACoAwPKz54jnkzm9SWPd77IVUKF6DGAZTHSK9gVxRzCIeUplgAAEsAswCvAMMAvwCTAI8AowCcA/wEAAG0AAAAOAAwAAAlsb2NhbGhvc3QACwAE" +
        "AwABAgAKAAwACgAdABcAHgAZABgAIwAAAAUABQEAAAAAABYAAAAXAAAADQAqACgEAwUDBgMIBwgICAkICggLCAQIBQgGBAEFAQYBAwMDAQMCBAIFAgYC";

    /// <summary>Offers TLS 1.3 and 1.2, with a key share.</summary>
    public static byte[] BothVersions => Convert.FromBase64String(OfBothVersions);

    /// <summary>Offers TLS 1.2 alone.</summary>
    public static byte[] Version12 => Convert.FromBase64String(OfVersion12);
}
