namespace Acme.Requests;

public class Request
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
